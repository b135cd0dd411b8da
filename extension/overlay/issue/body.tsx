import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { VerdictView } from '../../../shared/api.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { IssueModel, issueTabs } from '../../models/overlay-issue.ts'
import { ProblemText } from '../problem.tsx'
import { Differences } from './differences.tsx'
import { Files } from './files.tsx'
import { History } from './history.tsx'
import { Original } from './original.tsx'
import { Tabs } from './tabs.tsx'
import { issueWords } from './words.ts'

/** What is known of an issue: what differs, what the source held, its history, its files. */
export function IssueBody({ model, view }: { model: OverlayModel; view: VerdictView }) {
  const issue = useModel(() => new IssueModel(view.issueKey, model.at(), model.look))
  useEffect(issue.lookAtSite, [])
  if (view.migration === null)
    return (
      <p>
        {view.inProjectOf ? issueWords.outsideText(view.inProjectOf.name) : issueWords.notKnownText}
      </p>
    )
  const tab = issue.tab.value
  const sight = issue.sight.value
  return (
    <>
      {sight !== null && sight !== 'seen' && <p class="notice">{issueWords.sights[sight]}</p>}
      <Tabs
        all={issueTabs}
        chosen={tab}
        words={issueWords.tabs}
        label={issueWords.tabList}
        onChoose={issue.show}
      >
        {issue.problem.value ? (
          <>
            <ProblemText problem={issue.problem.value} />
            <button type="button" onClick={issue.again}>
              {issueWords.again}
            </button>
          </>
        ) : tab === 'differences' ? (
          <Differences view={view} />
        ) : tab === 'original' ? (
          <Original issue={issue} model={model} />
        ) : tab === 'history' ? (
          <History issue={issue} />
        ) : (
          <Files model={model} issue={issue} />
        )}
      </Tabs>
    </>
  )
}
