import type { Collisions, Scope } from '../../shared/setup.ts'
import { collisionsOf, scopeOf, siteOf, sourceOf } from '../ledger/drafts.ts'
import { kindWords } from './findings.ts'
import { bytes, capital, escaped, name } from './html-text.ts'
import type { PreFacts } from './pre.ts'
import { sourceLabel } from './source-label.ts'

const linked: Record<Scope['filters'], string> = {
  linked: 'those of the projects that move',
  all: 'all',
  none: 'none',
}
const ruleWords = {
  reuse: 'what the site has is used',
  rename: 'ours get another name',
  stop: 'they stay behind, with all that needs them',
} as const

/** What was chosen for this migration, as terms and their values: from where to where, and what of it moves. */
export function scopeFacts({ migration, forecast }: PreFacts): string {
  const source = sourceOf(migration)
  const site = siteOf(migration)
  const scope = scopeOf(migration)
  const facts: [term: string, value: string][] = [
    ['Purpose', migration.purpose === 'test' ? 'Test' : 'Production'],
    [
      'Source',
      `${name(sourceLabel(source.path))}${migration.sourceVersion ? ` (Jira ${escaped(migration.sourceVersion)})` : ''}`,
    ],
    [
      'Site',
      `${migration.siteUrl ? name(migration.siteUrl) : '–'}${site.kind === 'practice' ? ' (practice site)' : ''}`,
    ],
    [
      'Projects',
      `${scope.projects ? `only ${name(scope.projects.join(', '))}` : 'all'}, ${scope.archived ? 'archived ones too' : 'without archived ones'}`,
    ],
    ['Files', files(scope, source, forecast.fileBytes)],
    [
      'People and groups',
      `${scope.people === 'all' ? 'all' : 'those that the projects name'}, ${scope.memberships ? 'with memberships' : 'without memberships'}`,
    ],
    ['Filters', linked[scope.filters]],
    ['Dashboards', linked[scope.dashboards]],
    ['Boards', linked[scope.boards]],
    ['Names that both have', names(collisionsOf(migration))],
  ]
  return facts.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('\n')
}

/** The scope decides first, then whether there is anything to read them from: a live source has no folder. */
function files(scope: Scope, source: ReturnType<typeof sourceOf>, size: number): string {
  if (scope.attachments === 'without') return 'left out, as chosen'
  if (source.kind === 'backup' && !source.attachments)
    return 'left out: no attachments folder was given'
  const from = source.kind === 'datacenter' ? ', straight from the Jira that runs' : ''
  return scope.attachments === 'only'
    ? `only files, ${bytes(size)}, for issues that the site has already${from}`
    : `with the issues, ${bytes(size)}${from}`
}

function names(rules: Collisions): string {
  const others = Object.entries(rules).filter(([, rule]) => rule !== 'reuse')
  if (others.length === 0) return ruleWords.reuse
  const said = others.map(([kind, rule]) => `${manyOf(kind)}: ${ruleWords[rule]}`)
  const rest = others.length < Object.keys(rules).length ? `; all others: ${ruleWords.reuse}` : ''
  return escaped(capital(`${said.join('; ')}${rest}`))
}

const manyOf = (kind: string): string =>
  kindWords[(kind === 'field' ? 'customField' : kind) as keyof typeof kindWords][1]
