import { standingLimits } from '../../shared/standing-limits.ts'
import { escaped } from './html-text.ts'

/** The greatest losses of all, the same in every migration: both reports say them. */
export const limitsSection = `<section><h2>What the site's API cannot do</h2><p>True for every migration, whatever tool is used over this API; not counted again above.</p><dl class="facts">
${standingLimits.map(([what, instead]) => `<dt>${escaped(what)}</dt><dd>${escaped(instead)}</dd>`).join('\n')}
</dl></section>\n`
