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
// A failed command may leave a connection open that would keep the process alive.
if (exitCode !== 0) process.exit(exitCode)
