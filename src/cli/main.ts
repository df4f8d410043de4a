#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { program } from './program.ts'
import { runProgram } from './run-program.ts'

// What the environment says wins over the file, so a value can be tried without editing it.
if (existsSync('.env')) process.loadEnvFile('.env')

const exitCode = await runProgram(program, process.argv.slice(2), {
  out: process.stdout,
  error: process.stderr,
})
// A connection that nobody closes, such as the one of Probot's throttle to Redis, would keep the process alive.
process.exit(exitCode === 0 ? process.exitCode : exitCode)
