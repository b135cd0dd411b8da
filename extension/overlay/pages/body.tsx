import type { PagePeopleView } from '../../../shared/api-pages.ts'
import type { OverlayModel } from '../../models/overlay.ts'
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
          <CountsBody view={answer.view} />
          {answer.project?.project ? (
            <ProjectBody model={model} view={answer.project} />
          ) : (
            <Marked marks={model.marks.value} />
          )}
        </>
      )
    case 'filter':
      return (
        <>
          <CountsBody view={answer.view} />
          {answer.jql && <JqlBody view={answer.jql} />}
          <Marked marks={model.marks.value} />
        </>
      )
    case 'people':
      return <PeopleBody view={answer.view} />
    case 'jql':
      return (
        <>
          <JqlBody view={answer.view} />
          <Marked marks={model.marks.value} />
        </>
      )
  }
}

function PeopleBody({ view }: { view: PagePeopleView }) {
  if (view.checks.every(({ at }) => at === null)) return <p>{pageWords.people.none}</p>
  return <CheckList checks={view.checks} />
}
