/** `npm run bench [-- megabytes]`: every bench, one after the other. */
import { chromiumBin } from '../support/chromium.ts'
import { benchDashboard } from './dashboard.ts'
import { benchLog } from './log.ts'
import { benchOverlay } from './overlay.ts'
import { benchReading } from './read.ts'

const megabytes = Number(process.argv[2] ?? 100)
if (!(megabytes > 0)) throw new Error('Say how many megabytes: npm run bench -- 1024')
await benchReading(megabytes)
if (chromiumBin === null) console.log('The screens are left out: there is no Chromium here.')
else {
  await benchDashboard(10_000)
  await benchLog(100_000)
  await benchOverlay(500)
}
