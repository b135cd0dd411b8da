import type { PagePeopleView } from '../../../shared/api-pages.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { call } from '../../sync/calls.ts'
import type { ListOfCheck } from '../../sync/pages-calls.ts'
import { ProjectBody } from '../project/body.tsx'
import { CheckList } from '../project/checks.tsx'
import { CountsBody } from './counts.tsx'
import { JqlBody } from './jql.tsx'
import { Marked } from './marked.tsx'
import type { PageAnswer } from './pill.ts'
import { pageWords } from './words.ts'

/** What is known on a board, a filter, an administration page or a search. */
export function PageBody({ model, answer }: { model: OverlayModel; answer: PageAnswer }) {
  switch (answer.state) {
    case 'board':
      return (
        <>
          <CountsBody model={model} view={answer.view} board />
          {answer.project?.project ? (
            <ProjectBody model={model} view={answer.project} />
          ) : (
            <Marked model={model} />
          )}
        </>
      )
    case 'filter':
      return (
        <>
          <CountsBody model={model} view={answer.view} />
          {answer.jql && <JqlBody view={answer.jql} />}
          <Marked model={model} />
        </>
      )
    case 'people':
      return <PeopleBody model={model} view={answer.view} />
    case 'jql':
      return (
        <>
          <JqlBody view={answer.view} />
          <Marked model={model} />
        </>
      )
  }
}

function PeopleBody({ model, view }: { model: OverlayModel; view: PagePeopleView }) {
  if (view.checks.every(({ at }) => at === null)) return <p>{pageWords.people.none}</p>
  const places = (ask: ListOfCheck) => call('peoplePlaces', { ...ask, ...model.at() })
  return <CheckList checks={view.checks} places={places} />
}
