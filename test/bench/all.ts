/** `npm run bench [-- megabytes]`: every bench, one after the other. */
import { benchReading } from './read.ts'

const megabytes = Number(process.argv[2] ?? 100)
if (!(megabytes > 0)) throw new Error('Say how many megabytes: npm run bench -- 1024')
await benchReading(megabytes)
