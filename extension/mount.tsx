import { type ComponentType, render } from 'preact'
import { onPreferencesChange, type Preferences, readPreferences } from './settings.ts'
import './views/page.css'

/** Shows a page of the extension in #app, in the theme and density the person prefers. */
export async function mount(Page: ComponentType): Promise<void> {
  const root = document.getElementById('app')
  if (!root) throw new Error('The page has no #app to show itself in.')
  dress(await readPreferences())
  onPreferencesChange(dress)
  render(<Page />, root)
}

function dress({ theme, density }: Preferences): void {
  Object.assign(document.documentElement.dataset, { theme, density })
}
