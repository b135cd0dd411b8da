import type { OverlayModel } from '../../models/overlay.ts'
import type { IssueModel } from '../../models/overlay-issue.ts'
import { verdictWords } from '../../words.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { Name, Said } from '../said.tsx'
import { FileActions } from './actions.tsx'
import { Made } from './made.tsx'
import { Group } from './original.tsx'
import { issueWords } from './words.ts'

/** The source's files with what became of each, what is missing first. */
export function Files({ model, issue }: { model: OverlayModel; issue: IssueModel }) {
  const view = issue.original.value
  if (view === null) return <p class="quiet">{issueWords.asking}</p>
  const held = view.original
  if (held === null) return <p>{issueWords.noOriginal}</p>
  if (held.filesCount === 0) return <p>{issueWords.noFiles}</p>
  const arrived = (file: (typeof held.files)[number]) => Number(file.verdict === 'verified')
  return (
    <Group title={issueWords.files} shown={held.files.length} of={held.filesCount}>
      <ul>
        {held.files
          .toSorted((a, b) => arrived(a) - arrived(b))
          .map((file) => (
            <li>
              <p>
                <Mark shape={file.verdict === null ? 'dots' : shapeOf[file.verdict]} />{' '}
                <strong>
                  <Name text={file.filename} />
                </strong>{' '}
                {file.verdict === null ? issueWords.onTheWay : verdictWords[file.verdict]}
              </p>
              <p class="quiet">
                <Made {...file} /> {file.size !== null && issueWords.bytes(file.size)}
              </p>
              {file.reason !== null && <Said text={file.reason} />}
              <FileActions model={model} issue={view.issueKey} file={file} />
            </li>
          ))}
      </ul>
    </Group>
  )
}
