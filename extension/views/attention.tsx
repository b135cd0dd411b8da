import { useModel, useSignal } from '@preact/signals'
import type { MigrationDetail } from '../../shared/api.ts'
import type { Verdict } from '../../shared/status.ts'
import { byWeight, type Finding, FindingsModel, findingKey } from '../models/findings.ts'
import { itemsHash } from '../models/place.ts'
import { causeMayRepair, itemsOfCause } from '../models/repair-items.ts'
import { detailWords } from '../words.ts'
import { findingWords } from '../words-checks.ts'
import { repairWords } from '../words-repair.ts'
import { Explain } from './explain.tsx'
import { VerdictLabel } from './marks.tsx'
import { NoteForm, Said } from './note-form.tsx'
import { Button, Empty, ProblemBox } from './parts.tsx'
import { RepairBox } from './repair.tsx'
import { RepairsMade } from './repairs-made.tsx'

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
  const { id } = detail.migration
  const model = useModel(() => new FindingsModel(id))
  const findings = byWeight(detail.findings)
  // What was left out was announced before the run: it is no news, and asks nothing of anybody.
  const open = findings.filter((one) => !one.accepted && one.verdict !== 'leftOut')
  const leftOut = findings.filter((one) => !one.accepted && one.verdict === 'leftOut')
  const accepted = findings.filter((one) => one.accepted)
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
          <p class="box good">{findingWords.retried(model.retried.value)}</p>
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
      {open.length === 0 &&
        (accepted.length === 0 ? (
          <Empty title={detailWords.noFindings} text={detailWords.noFindingsText} />
        ) : (
          <Empty title={findingWords.allAccepted} text={findingWords.allAcceptedText} />
        ))}
      <Findings findings={open} {...shared} />
      {leftOut.length > 0 && (
        <details>
          <summary>
            {findingWords.leftOut(
              leftOut.length,
              leftOut.reduce((sum, one) => sum + one.items, 0),
            )}
          </summary>
          <Findings findings={leftOut} {...shared} />
        </details>
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
  const { code, kind, verdict, text, hint, items, accepted } = finding
  const { id } = migration
  const behind = itemsHash(id, { kind, verdict, code })
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
          {findingWords.took[verdict]}{' '}
          <a href={behind}>
            <strong>{detailWords.affected(items, kind)}</strong>
          </a>
        </span>
      </div>
      <strong class="wrap">
        <bdi>{text}</bdi>
      </strong>
      <span class="wrap">
        <bdi>{hint}</bdi>
      </span>
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
        <a class="button small" href={behind}>
          {detailWords.showItems}
          <span class="hidden"> {text}</span>
        </a>
        <Explain code={code} of={text} />
        {causeMayRepair(finding) && (
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
