import { useSignal } from '@preact/signals'
import type { AfterCheckView, AfterView, PlacePage } from '../../../shared/api-after.ts'
import { foundList } from '../../../shared/check-lists.ts'
import type { ProblemView } from '../../../shared/problem.ts'
import type { ProjectPageModel } from '../../models/project-page.ts'
import { viewOf } from '../../problems.ts'
import type { ListOfCheck } from '../../sync/pages-calls.ts'
import { Mark } from '../mark.tsx'
import { isOpen } from '../pages/pill.ts'
import type { PillShape } from '../pill.ts'
import { ProblemText } from '../problem.tsx'
import { projectWords } from './words.ts'

/** The checks after the migration: what needs a person first, and what found nothing as one line. */
export function Checks({ model, after }: { model: ProjectPageModel; after: AfterView }) {
  const asked = after.checks.some(({ at }) => at !== null)
  return (
    <section class="group" data-testid="landfall-checks">
      <h3>{projectWords.checks}</h3>
      {after.running && <p role="status">{after.sentence ?? projectWords.running}</p>}
      {!asked && !after.running && <p>{projectWords.noChecks}</p>}
      {!after.running && (
        <p>
          <button type="button" onClick={model.run} disabled={model.busy.value}>
            {projectWords.run}
          </button>
        </p>
      )}
      {asked && <CheckList checks={after.checks} places={model.places} inProject />}
    </section>
  )
}

interface Asking {
  /** A page of the places of a check, or of another list of it. */
  places: (ask: ListOfCheck) => Promise<PlacePage>
  /** They are those of one project. */
  inProject?: boolean
}

export function CheckList({ checks, ...asking }: Asking & { checks: readonly AfterCheckView[] }) {
  const telling = checks.filter((check) => check.at !== null && check.status !== 'success')
  const fine = checks.filter((check) => check.status === 'success')
  const order = [...telling].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)))
  return (
    <>
      <ul>
        {order.map((check) => (
          <Check key={check.key} check={check} {...asking} />
        ))}
      </ul>
      {fine.length > 0 && (
        <details>
          <summary class="quiet">
            <Mark shape="tick" /> {projectWords.fine(fine.length)}
          </summary>
          <ul>
            {fine.map((check) => (
              <Check key={check.key} check={check} {...asking} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const shapes: Partial<Record<AfterCheckView['status'], PillShape>> = {
  success: 'tick',
  warning: 'notEqual',
  error: 'cross',
}

function Check({ check, ...asking }: Asking & { check: AfterCheckView }) {
  return (
    <li>
      <p>
        <Mark shape={shapes[check.status] ?? 'question'} /> <strong>{check.title}</strong>
      </p>
      <p>{check.sentence}</p>
      {check.hint !== '' && <p class="quiet">{check.hint}</p>}
      {check.accepted && (
        <p class="quiet">
          <bdi>{projectWords.accepted(check.accepted.who)}</bdi>
        </p>
      )}
      {check.places > 0 && <p class="quiet">{projectWords.places(check.places)}</p>}
      {check.places > 0 && (
        <Places
          check={check}
          list={foundList}
          show={projectWords.showPlaces(asking.inProject ?? false)}
          {...asking}
        />
      )}
      {(check.lists ?? []).map(({ list, title }) => (
        <Places
          key={list}
          check={check}
          list={list}
          show={projectWords.showList(title, asking.inProject ?? false)}
          {...asking}
        />
      ))}
    </li>
  )
}

interface PlacesProps extends Asking {
  check: AfterCheckView
  /** 'found', or another list of the check. */
  list: string
  /** On the button that opens them. */
  show: string
}

/** The places of a check, asked for when somebody opens them, page by page. */
function Places({ check, list, show, places }: PlacesProps) {
  const shown = useSignal<PlacePage | null>(null)
  const problem = useSignal<ProblemView | null>(null)
  const load = async (after: number | null) => {
    try {
      const page = await places({ key: check.key, list, after })
      const before = after === null ? [] : (shown.value?.places ?? [])
      shown.value = { places: [...before, ...page.places], next: page.next }
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    }
  }
  const page = shown.value
  const toggle = () => {
    if (page) shown.value = null
    else void load(null)
  }
  return (
    <>
      <p>
        <button type="button" class="link" aria-expanded={page !== null} onClick={toggle}>
          {page ? projectWords.hidePlaces : show}
        </button>
      </p>
      {problem.value && <ProblemText problem={problem.value} />}
      {page?.places.length === 0 && <p class="quiet">{projectWords.noPlaces}</p>}
      {page && page.places.length > 0 && (
        <ul>
          {page.places.map((place) => (
            <li key={place.n}>
              <p>
                {isPlace(place.url) ? (
                  <a href={place.url} rel="noopener noreferrer" target="_blank">
                    <bdi>{place.subject}</bdi>
                  </a>
                ) : (
                  <bdi>{place.subject}</bdi>
                )}
              </p>
              <p class="said quiet">{place.detail}</p>
            </li>
          ))}
        </ul>
      )}
      {page?.next !== null && page?.next !== undefined && (
        <p>
          <button type="button" onClick={() => void load(page.next)}>
            {projectWords.morePlaces}
          </button>
        </p>
      )}
    </>
  )
}

/** Places are pages: whatever else an address could do stays undone. */
const isPlace = (url: string | null): url is string => url !== null && /^https?:\/\//.test(url)
