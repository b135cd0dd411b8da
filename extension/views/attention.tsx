import { useModel, useSignal } from '@preact/signals'
import type { MigrationDetail } from '../../shared/api.ts'
import { isStranger } from '../../shared/api-strangers.ts'
import type { Verdict } from '../../shared/status.ts'
import {
  behindFinding,
  byWeight,
  type Finding,
  FindingsModel,
  findingKey,
} from '../models/findings.ts'
import { itemsHash, tabHash } from '../models/place.ts'
import { causeMayRepair, itemsOfCause } from '../models/repair-items.ts'
import { detailWords } from '../words.ts'
import { findingWords } from '../words-checks.ts'
import { repairWords } from '../words-repair.ts'
import { verifies } from '../words-status.ts'
import { strangerWords } from '../words-strangers.ts'
import { Explain } from './explain.tsx'
import { VerdictLabel } from './marks.tsx'
import { NoteForm, Said } from './note-form.tsx'
import { Button, Empty, ProblemBox } from './parts.tsx'
import { RepairBox } from './repair.tsx'
import { RepairsMade } from './repairs-made.tsx'
import { Took } from './took.tsx'

const tone: Record<Verdict, string> = {
  verified: 'good',
  different: 'warn',
  leftOut: '',
  failed: 'bad',
}

interface AttentionProps {
  detail: MigrationDetail
  now: number
  agentHere: boolean
}

/** What needs a person, grouped by cause, the biggest first; what somebody accepted is folded away. */
export function Attention({ detail, now, agentHere }: AttentionProps) {
  const { id, appsInNeed = 0 } = detail.migration
  const model = useModel(() => new FindingsModel(id))
  const findings = byWeight(detail.findings)
  // What was left out was announced before the run: it is no news, and asks nothing of anybody.
  const open = findings.filter((one) => !one.accepted && one.verdict !== 'leftOut')
  const leftOut = findings.filter((one) => one.verdict === 'leftOut')
  const stayed = leftOut.filter((one) => !one.accepted)
  const accepted = findings.filter((one) => one.accepted)
  const stay = leftOut.reduce((sum, one) => sum + one.items, 0)
  // It stands above the list, where it stays when what it repairs is no finding any more.
  const repairing = useSignal<Finding | null>(null)
  const chosen = repairing.value
  const onRepair = (finding: Finding) => {
    repairing.value = finding
  }
  const shared = { migration: detail.migration, model, now, agentHere, onRepair }
  return (
    <div class="stack">
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <div role="status">
        {model.retried.value !== null && (
          <p class="box good">
            <Retried id={id} items={model.retried.value} />
          </p>
        )}
      </div>
      {chosen && (
        <RepairBox
          key={findingKey(chosen)}
          id={id}
          site={detail.migration.site.url}
          items={() => itemsOfCause({ id, ...pick(chosen) })}
          total={chosen.items}
          agentHere={agentHere}
          onClose={() => {
            repairing.value = null
          }}
        />
      )}
      {appsInNeed > 0 && (
        <div class="box warn">
          <a href={tabHash(id, 'apps')}>{findingWords.apps(appsInNeed)}</a>
        </div>
      )}
      {open.length === 0 && (
        <Empty {...calm(detail, accepted.length + stayed.length - leftOut.length, stay)} />
      )}
      <Findings findings={open} {...shared} />
      {leftOut.length > 0 && (
        <section class="stack tight">
          <p>
            <a href={itemsHash(id, { verdict: 'leftOut' })}>{findingWords.items(stay)}</a>{' '}
            {findingWords.leftOut(stay, verifies(detail.migration))}
          </p>
          {stayed.length > 0 && (
            <details>
              <summary>
                {findingWords.causes(stayed.length, leftOut.length - stayed.length)}
              </summary>
              <Findings findings={stayed} {...shared} />
            </details>
          )}
        </section>
      )}
      {accepted.length > 0 && (
        <details>
          <summary>{findingWords.accepted(accepted.length)}</summary>
          <Findings findings={accepted} {...shared} />
        </details>
      )}
      <RepairsMade id={id} changed={detail.migration.changed} />
    </div>
  )
}

/** What is said where nothing needs a person: by what there really was. */
function calm({ migration }: MigrationDetail, accepted: number, leftOut: number) {
  const { source, verified, different, failed, ...rest } = migration.totals
  const { titleItems, ...others } = findingWords.none
  const words = migration.appsInNeed
    ? { ...others, title: titleItems, titleSoFar: titleItems }
    : others
  if (accepted > 0) return { title: words.title, text: words.accepted }
  if (source === 0 || verified + different + failed + rest.leftOut < source)
    return { title: words.titleSoFar, text: words.soFar }
  return { title: words.title, text: leftOut > 0 ? words.leftOut : words.all }
}

/** How many items the last retry took up, with the way to them. */
function Retried({ id, items }: { id: string; items: number }) {
  if (items === 0) return <>{findingWords.readBack}</>
  return (
    <>
      <a href={itemsHash(id, { only: 'again' })}>{findingWords.items(items)}</a>{' '}
      {findingWords.retried}
    </>
  )
}

const pick = ({ kind, verdict, code }: Finding) => ({ kind, verdict, code })

interface SharedProps {
  migration: MigrationDetail['migration']
  model: FindingsModel
  onRepair: (finding: Finding) => void
  now: number
  agentHere: boolean
}

function Findings({ findings, ...shared }: SharedProps & { findings: Finding[] }) {
  return (
    <ul class="stack">
      {findings.map((one) => (
        <Cause key={`${findingKey(one)} ${one.text}`} finding={one} {...shared} />
      ))}
    </ul>
  )
}

function Cause({
  finding,
  migration,
  model,
  now,
  agentHere,
  onRepair,
}: SharedProps & { finding: Finding }) {
  const asking = useSignal(false)
  const { verdict, text, hint, items, accepted } = finding
  const behind = behindFinding(migration.id, finding)
  const busy =
    model.busy.value === findingKey(finding)
      ? findingWords.retrying
      : agentHere
        ? null
        : findingWords.away
  const running = migration.status === 'running' ? findingWords.running : null
  return (
    <li class={`box ${accepted ? '' : tone[verdict]}`}>
      <div class="bar">
        <VerdictLabel verdict={verdict} />
        <span class="push">
          <Took finding={finding} behind={behind} />
        </span>
      </div>
      <strong class="wrap">
        {finding.varies && <span class="quiet">{findingWords.oneOf} </span>}
        <bdi>{text}</bdi>
      </strong>
      <span class="wrap">
        <bdi>{hint}</bdi>
      </span>
      {items > 1 && finding.example && !isStranger(finding) && (
        <span class="clamped quiet" title={finding.example}>
          {findingWords.example} <bdi>{finding.example}</bdi>
        </span>
      )}
      {accepted ? (
        <Said
          note={accepted}
          title={findingWords.acceptedBy(accepted.who)}
          back={findingWords.takeBack}
          now={now}
          whyNot={busy}
          onBack={() => void model.accept(finding, null)}
        />
      ) : null}
      <div class="bar">
        {verdict === 'failed' && (
          <Button look="small" whyNot={busy ?? running} onClick={() => model.retry(finding)}>
            {findingWords.retry}
            <span class="hidden"> {text}</span>
          </Button>
        )}
        <a class="button small" href={behind.all}>
          {isStranger(finding) ? strangerWords.show : detailWords.showItems}
          <span class="hidden"> {text}</span>
        </a>
        <Explain code={finding.code} of={text} />
        {items > 0 && !isStranger(finding) && causeMayRepair(finding) && (
          <Button
            look="small"
            whyNot={busy ?? (running && repairWords.running)}
            onClick={() => onRepair(finding)}
          >
            {repairWords.openMany(items)}
            <span class="hidden"> {text}</span>
          </Button>
        )}
        {!accepted && !asking.value && (
          <Button
            look="small"
            whyNot={busy}
            onClick={() => {
              asking.value = true
            }}
          >
            {findingWords.accept}
            <span class="hidden"> {text}</span>
          </Button>
        )}
      </div>
      {asking.value && !accepted && (
        <NoteForm
          title={findingWords.acceptTitle}
          yes={findingWords.acceptYes}
          who={model.who.value}
          onSay={(why) =>
            void model.accept(finding, why).then((done) => {
              if (done) asking.value = false
            })
          }
          onCancel={() => {
            asking.value = false
          }}
        />
      )}
    </li>
  )
}
