import { defineBackground } from 'wxt/utils/define-background'
import { serve } from '../sync/service.ts'
import { wakeUp } from '../sync/wake.ts'

export default defineBackground(() => {
  serve()
  wakeUp()
})
