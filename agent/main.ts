import { cli } from './cli.ts'
import { start } from './start.ts'

/** `npm start` shows the whole line at work; everything else is the command line. */
const [command, ...rest] = process.argv.slice(2)
process.exitCode = command === 'start' ? await start(rest) : await cli(process.argv.slice(2))
