import fc from 'fast-check'

/** The suite is the same each time it runs; another seed is for whoever looks for more. */
fc.configureGlobal({ seed: Number(process.env.TEST_SEED ?? 20_261_124) })
