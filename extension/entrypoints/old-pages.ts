import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { mountBanner } from '../overlay/old/banner.tsx'

/** Put into pages of old servers by old-servers.ts, once a person named them. */
export default defineUnlistedScript(() => mountBanner(new AbortController().signal))
