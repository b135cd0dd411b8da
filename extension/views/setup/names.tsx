import { useModel } from '@preact/signals'
import type { MeetingName } from '../../../shared/api-setup-views.ts'
import type { CollisionKind, CollisionRule, NameList } from '../../../shared/setup.ts'
import { NamesModel } from '../../models/ask.ts'
import { collisionWords } from '../../words-site.ts'
import { Folded, Turned } from '../folded.tsx'
import { Titles } from '../four-cells.tsx'

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
  if (rows === 0) return null
  return (
    <Folded summary={collisionWords.show[rest.list](rows)} of={collisionWords.kinds[rest.kind]}>
      {() => <List key={at} {...rest} />}
    </Folded>
  )
}

function List({ id, kind, rule, list }: Omit<NamesProps, 'rows' | 'at'>) {
  const model = useModel(() => new NamesModel(id, kind, list))
  return (
    <Turned model={model}>
      {({ names }) => (
        <table class="cards" aria-label={collisionWords.kinds[kind]}>
          <Titles titles={collisionWords.columns} />
          <tbody>
            {names.map((name, i) => (
              <Row key={`${i} ${name.name}`} name={name} rule={rule} />
            ))}
          </tbody>
        </table>
      )}
    </Turned>
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
