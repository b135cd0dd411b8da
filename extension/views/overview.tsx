import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import type { SetupView } from '../../shared/api-setup.ts'
import { collisionKinds, defaultRule } from '../../shared/setup.ts'
import { wasHeld } from '../../shared/worked.ts'
import { ConfigModel } from '../models/config.ts'
import type { MigrationsModel } from '../models/migrations.ts'
import { helpHash, itemsHash, moved, tabHash } from '../models/place.ts'
import { lineKey, standing } from '../models/told.ts'
import { detailWords, kindTitle, listWords } from '../words.ts'
import { helpWords } from '../words-help.ts'
import { configWords } from '../words-includes.ts'
import { tableWords } from '../words-list.ts'
import { collisionWords } from '../words-site.ts'
import { verifies } from '../words-status.ts'
import { After } from './after.tsx'
import { dayOf, duration, exact, middle, timeOfDay } from './format.ts'
import { Behind } from './list-row.tsx'
import { meaningNow } from './marks.tsx'
import { Trouble, When } from './parts.tsx'
import { Told } from './told.tsx'

interface OverviewProps {
  row: MigrationView
  /** null until the agent has told it. */
  detail: MigrationDetail | null
  now: number
  model: MigrationsModel
}

type Fact = [term: string, value: preact.ComponentChildren]

/** Status, configuration, and what happened so far: stages of the line and deeds of people. */
export function Overview({ row, detail, now, model }: OverviewProps) {
  const config = useModel(() => new ConfigModel(row.id, model.agentHere))
  const setup = config.setup.value
  // Another window may have edited it; while it runs nobody can.
  const settled = row.status === 'running' ? null : row.changed
  useEffect(() => {
    if (settled !== null && config.setup.value) config.reload()
  }, [settled])
  return (
    <div class="stack">
      <p class="quiet">
        {meaningNow(row, model.asOf.value)}{' '}
        {row.status === 'finished' && <a href={tabHash(row.id, 'after')}>{helpWords.after}</a>}
        {(row.status === 'incomplete' || row.status === 'failed') && (
          <a href={helpHash()}>{verifies(row) ? helpWords.learnVerification : helpWords.learn}</a>
        )}
      </p>
      <Facts facts={statusFacts(row, now)} />
      {(row.status === 'finished' || row.status === 'incomplete') && (
        <After row={row} detail={detail} />
      )}
      <h2>{configWords.title}</h2>
      <Trouble problem={config.problem.value} onRetry={config.reload} />
      <Facts facts={[...sourceFacts(row), ...(setup ? setupFacts(setup) : [])]} />
      <h2>{detailWords.timeline}</h2>
      {detail !== null && detail.olderStages > 0 && (
        <p class="quiet">
          {configWords.olderStages(detail.olderStages)}{' '}
          <a href={tabHash(row.id, 'logs')}>{configWords.wholeLog}</a>
        </p>
      )}
      <Timeline id={row.id} lines={detail?.timeline ?? []} />
    </div>
  )
}

function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts.flatMap(([term, value]) => [
        <dt key={term}>{term}</dt>,
        <dd key={`${term}:`}>{value}</dd>,
      ])}
    </dl>
  )
}

function statusFacts(row: MigrationView, now: number): Fact[] {
  const { createdAt, startedAt, finishedAt, workedMs } = row
  const facts: Fact[] = [[detailWords.created, <When key="created" at={createdAt} now={now} />]]
  if (startedAt !== null)
    facts.push([detailWords.started, <When key="started" at={startedAt} now={now} />])
  if (finishedAt !== null)
    facts.push([detailWords.ended, <When key="ended" at={finishedAt} now={now} />])
  if (startedAt !== null && finishedAt !== null && finishedAt >= startedAt)
    facts.push([detailWords.took, tookOf(finishedAt - startedAt, workedMs)])
  return facts
}

/** From start to end, and what of it was work where the run was held or there were several. */
function tookOf(ms: number, workedMs: number | undefined): string {
  const took = duration(ms / 1000)
  return workedMs !== undefined && wasHeld(ms, workedMs)
    ? detailWords.worked(took, duration(workedMs / 1000))
    : took
}

function sourceFacts(row: MigrationView): Fact[] {
  const { id, source, site, projects, issues, setup } = row
  const version = source.version === null ? '' : ` (${detailWords.version(source.version)})`
  return [
    ...(setup ? [[configWords.purpose, configWords.purposes[setup.purpose]] as Fact] : []),
    [
      detailWords.source,
      <span key="source" title={source.label}>
        <bdi>{middle(source.label, 80)}</bdi>
        {version}
      </span>,
    ],
    [
      detailWords.site,
      site.url === null ? (
        listWords.practice
      ) : (
        <a key="site" href={site.url} target="_blank" rel="noreferrer">
          {site.kind === 'practice' ? listWords.practice : site.url}
        </a>
      ),
    ],
    [
      detailWords.scope,
      <span key="scope">
        <Behind row={row} href={itemsHash(id, moved('project'))}>
          {tableWords.projects(projects)}
        </Behind>
        ,{' '}
        <Behind row={row} href={itemsHash(id, moved('issue'))}>
          {tableWords.issues(issues)}
        </Behind>
      </span>,
    ],
  ]
}

/** Only what differs from "all of it, as it is" needs more than a word. */
function setupFacts({ source, site, scope, collisions }: SetupView): Fact[] {
  const words = configWords
  const both = (a: string, b: string) => `${a}, ${b}`
  const backup = source?.kind === 'backup' ? source : null
  const live = source?.kind === 'datacenter'
  const folder = backup?.attachments ?? null
  // What a kind does by itself is no choice of anybody.
  const rules = collisionKinds.flatMap((kind) =>
    collisions[kind] === defaultRule(kind) ? [] : [[kind, collisions[kind]] as const],
  )
  return [
    ...(site?.kind === 'cloud' ? [[words.account, site.email] as Fact] : []),
    [
      words.projects,
      both(
        scope.projects === null ? words.allProjects : scope.projects.join(', '),
        // A live source gives the issues of archived ones to nobody.
        scope.archived && !live ? words.archived : words.notArchived,
      ),
    ],
    [
      words.files,
      both(
        words.fileModes[scope.attachments],
        live ? words.filesLive : folder === null ? words.noFolder : words.filesFrom(folder),
      ),
    ],
    [words.zone, live ? words.zoneLive : (backup?.timeZone ?? words.zoneFound)],
    [
      words.people,
      both(
        words.peopleScopes[scope.people],
        scope.memberships ? words.memberships : words.noMemberships,
      ),
    ],
    [words.filters, words.linked[scope.filters]],
    [words.dashboards, words.linked[scope.dashboards]],
    [words.boards, words.linked[scope.boards]],
    [
      words.names,
      rules.length === 0
        ? words.reused
        : [
            ...rules.map(([kind, rule]) => `${titleOf(kind)}: ${collisionWords.rules[rule]}`),
            words.others,
          ].join('. '),
    ],
  ]
}

const titleOf = (kind: string): string =>
  kind === 'field' ? kindTitle('customField') : kindTitle(kind as Parameters<typeof kindTitle>[0])

/** Newest last, with the day where it changes; deeds of people stand out. */
function Timeline({ id, lines }: { id: string; lines: MigrationDetail['timeline'] }) {
  if (lines.length === 0) return <p class="quiet">{detailWords.noTimeline}</p>
  // What was planned or judged before is gone, with its items.
  const still = standing(lines)
  return (
    <ol class="stack tight timeline">
      {lines.map((line, i) => {
        const before = lines[i - 1]
        const newDay = before === undefined || dayOf(before.at) !== dayOf(line.at)
        return (
          <li key={`${line.at} ${line.text}`} class={line.stage === 'you' ? 'deed' : ''}>
            {newDay && <strong class="day">{dayOf(line.at)}</strong>}
            <time class="quiet" title={exact(line.at)} dateTime={new Date(line.at).toISOString()}>
              {timeOfDay(line.at)}
            </time>{' '}
            {line.stage === 'you' && <span class="hidden">{configWords.you}: </span>}
            <bdi>{still.has(lineKey(line)) ? <Told id={id} text={line.text} /> : line.text}</bdi>
          </li>
        )
      })}
    </ol>
  )
}
