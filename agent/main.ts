import { cli } from './cli.ts'

/** `npm start` shows the whole line at work, loaded once cli has seen to the cache; everything else is the command line. */
const [command, ...rest] = process.argv.slice(2)
process.exitCode =
  command === 'start'
    ? await (await import('./start.ts')).start(rest)
    : await cli(process.argv.slice(2))
