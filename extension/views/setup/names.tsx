import { useModel, useSignal } from '@preact/signals'
import type { MeetingName } from '../../../shared/api-setup-views.ts'
import type { CollisionKind, CollisionRule, NameList } from '../../../shared/setup.ts'
import { NamesModel } from '../../models/ask.ts'
import { itemsWords } from '../../words.ts'
import { collisionWords } from '../../words-site.ts'
import { Button, Skeleton, Trouble } from '../parts.tsx'

interface NamesProps {
  id: string
  kind: CollisionKind
  rule: CollisionRule
  list: NameList
  /** How many there are. */
  rows: number
  /** When they were counted; then the list is read anew. */
  at: number | null
}

/** The names of one kind that become one thing: how many, and each when it is opened. */
export function Names({ rows, at, ...rest }: NamesProps) {
  const open = useSignal(false)
  if (rows === 0) return null
  return (
    <details
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open
      }}
    >
      <summary>
        {collisionWords.show[rest.list](rows)}
        <span class="hidden"> {collisionWords.kinds[rest.kind]}</span>
      </summary>
      {open.value && <List key={at} {...rest} />}
    </details>
  )
}

function List({ id, kind, rule, list }: Omit<NamesProps, 'rows' | 'at'>) {
  const model = useModel(() => new NamesModel(id, kind, list))
  const page = model.page.value
  const { after } = model
  return (
    <div class="stack tight">
      <Trouble
        problem={model.problem.value}
        at={page ? undefined : null}
        onRetry={() => model.turn(after.value)}
      />
      {!page && !model.problem.value && <Skeleton rows={2} />}
      {page && (
        <table class="cards" aria-label={collisionWords.kinds[kind]}>
          <thead>
            <tr>
              {collisionWords.columns.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.names.map((name, i) => (
              <Row key={`${i} ${name.name}`} name={name} rule={rule} />
            ))}
          </tbody>
        </table>
      )}
      <div class="bar">
        {after.value !== null && (
          <Button look="small" onClick={() => model.turn(null)}>
            {itemsWords.first}
          </Button>
        )}
        {page && page.next !== null && (
          <Button look="small" onClick={() => model.turn(page.next)}>
            {itemsWords.next}
          </Button>
        )}
      </div>
    </div>
  )
}

function Row({
  name: { name, siteName, becomes, note },
  rule,
}: {
  name: MeetingName
  rule: CollisionRule
}) {
  const [source, site, arrives] = collisionWords.columns
  const beside = rule === 'reuse' && siteName !== null && becomes !== siteName
  return (
    <tr>
      <td class="wide" data-label={source}>
        <bdi>{name}</bdi>
      </td>
      <td class="wide" data-label={site}>
        <span>
          {siteName === null ? (
            <span class="quiet">{collisionWords.notThere}</span>
          ) : (
            <bdi>{siteName}</bdi>
          )}
          {note !== null && <span class="quiet line">{note}</span>}
        </span>
      </td>
      <td class="wide" data-label={arrives}>
        {becomes === null ? (
          collisionWords.leftOut
        ) : (
          <span>
            <bdi>{becomes}</bdi>
            {beside && <span class="called line">⚠ {collisionWords.beside}</span>}
          </span>
        )}
      </td>
    </tr>
  )
}
