import { defineBackground } from 'wxt/utils/define-background'
import { openDoors } from '../sync/overlay-doors.ts'
import { serve } from '../sync/service.ts'
import { wakeUp } from '../sync/wake.ts'

export default defineBackground(() => {
  serve()
  wakeUp()
  openDoors()
})
