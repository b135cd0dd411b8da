/** What wakes the background: its installation, the browser's start, an alarm, a click on a notification. */
import { otherOf } from '../cache/others.ts'
import { layOverOldPages } from '../old-servers.ts'
import { keepAlarm, onAlarm, onNotificationClick, onWake, openTab } from '../platform.ts'
import { lookAtApps } from './apps-service.ts'
import { attend, placeOfNotice } from './attend.ts'
import { askOthers, turnTo } from './others.ts'
import { pull } from './pull.ts'

const pullAlarm = 'pull'
/** The least a packed extension gets. The worker dies after 30 idle seconds; the alarm brings it back. */
const everyMinutes = 0.5

/** Registers all that wakes the background. It keeps nothing in globals: each wake-up reads the cache. */
export function wakeUp(): void {
  onWake(look)
  onWake(() => void layOverOldPages())
  onAlarm(pullAlarm, look)
  onNotificationClick((id) => void openNotice(id))
  // An extension switched off and on again gets neither event, and may have lost its alarm.
  void keepAlarm(pullAlarm, everyMinutes)
}

function look(): void {
  void keepAlarm(pullAlarm, everyMinutes)
  void pull().then(lookAtApps).then(attend).then(askOthers).then(attend)
}

/** To what the notification is about; of another agent, that one is asked from then on. */
async function openNotice(id: string): Promise<void> {
  const other = otherOf(id)
  if (other) await turnTo(other.address)
  await openTab(placeOfNotice(id))
}
