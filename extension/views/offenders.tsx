import { useModel } from '@preact/signals'
import { OffendersModel } from '../models/checks.ts'
import { checkWords } from '../words-checks.ts'
import { CsvButton, Folded, Turned } from './folded.tsx'
import { Titles } from './four-cells.tsx'
import { RowDetail } from './row-detail.tsx'

interface OffendersProps {
  id: string
  checkKey: string
  title: string
  /** 'found', or another list of the check. */
  list: string
  /** Of that list, only what is part of the row with this subject. */
  part?: string
  /** How many there are, in words. */
  summary: string
  /** When it was asked; null never. */
  at: number | null
}

/** Whom a check concerns, or what it counts beside: how many, the list when it is opened, and all as a file. */
export function Offenders({ summary, ...rest }: OffendersProps) {
  return (
    <Folded summary={summary} of={rest.title}>
      {() => <List key={rest.at} {...rest} />}
    </Folded>
  )
}

function List({ id, checkKey, title, list, part, at }: Omit<OffendersProps, 'summary'>) {
  const model = useModel(
    () => new OffendersModel(id, checkKey, part === undefined ? { list } : { list, part }),
  )
  const [what, project, detail] = checkWords.columns
  return (
    <Turned
      model={model}
      more={<CsvButton words={checkWords.csv} of={title} onSave={model.download} />}
    >
      {({ offenders }) => (
        <table class="cards lines" aria-label={title}>
          <Titles titles={checkWords.columns} />
          <tbody>
            {offenders.map((one) => (
              <tr key={one.n}>
                <td class="wide" data-label={what}>
                  <bdi>{one.subject}</bdi>
                </td>
                <td class={one.projectKey === null ? 'empty' : ''} data-label={project}>
                  {one.projectKey}
                </td>
                <td class="wide" data-label={detail}>
                  <RowDetail id={id} detail={one.detail} counts={one.counts} inline />
                  {one.counts.map(
                    (count) =>
                      count.at === 'rows' && (
                        <Offenders
                          key={count.words}
                          id={id}
                          checkKey={checkKey}
                          title={one.subject}
                          list={count.list}
                          part={count.partOf}
                          summary={count.words}
                          at={at}
                        />
                      ),
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Turned>
  )
}
