import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { FilesTestView } from '../../../shared/api-setup-views.ts'
import { FilesTestModel } from '../../models/ask.ts'
import { sourceHash } from '../../models/place.ts'
import { scopeWords } from '../../words-scope.ts'
import { sourceWords } from '../../words-source.ts'
import { Trouble } from '../parts.tsx'
import { TextField } from './fields.tsx'
import type { StepProps } from './setup.tsx'

/** A path that is typed is tried when the typing rests. */
const restMs = 500

/** The folder of a backup's files, tried at once: after a run it can no longer be named. */
export function Attachments({ id, model }: StepProps) {
  const folder = model.form.value?.attachments ?? ''
  const path = model.form.value?.path ?? ''
  const test = useModel(() => new FilesTestModel(id, { folder, path }))
  // A backup that is picked from the list brings its folder along.
  useEffect(() => {
    const rested = setTimeout(() => test.look(folder, path), restMs)
    return () => clearTimeout(rested)
  }, [path])
  const result = test.result.value
  return (
    <>
      <TextField
        label={sourceWords.attachments}
        hint={sourceWords.attachmentsHint}
        value={folder}
        onInput={(attachments) => model.set({ attachments })}
        onLeave={() => test.look(folder, path)}
      />
      {model.view.value?.fixed.includes('source') && (
        <p class="quiet">{sourceWords.folderFixed(scopeWords.modes.only[0])}</p>
      )}
      <div role="status">
        {test.busy.value && <p class="quiet">{sourceWords.lookingForFiles}</p>}
        {result !== null && result.folder === folder.trim() && test.about.value === path.trim() && (
          <Found id={id} result={result} />
        )}
      </div>
      <Trouble problem={test.problem.value} onRetry={() => void test.again()} />
    </>
  )
}

function Found({ id, result }: { id: string; result: FilesTestView }) {
  const { there, of, looked, found, files } = result
  if (!there) return <p class="box bad">{sourceWords.noFolder}</p>
  if (of === null) return <p class="quiet">{sourceWords.folderUnread}</p>
  if (of === 0) return <p class="quiet">{sourceWords.noFiles}</p>
  return (
    <div class={`box ${found === looked ? 'good' : found === 0 ? 'bad' : 'warn'}`}>
      <div class="stack tight">
        <span>{sourceWords.filesFound(found, looked)}</span>
        <Files files={files.filter((one) => !one.found)} title={sourceWords.showMissing} />
        <Files files={files.filter((one) => one.found)} title={sourceWords.showFound} />
        {looked < of && (
          <a href={sourceHash(id, 'attachment', { from: 'source' })}>{sourceWords.allFiles(of)}</a>
        )}
      </div>
    </div>
  )
}

function Files({ files, title }: { files: FilesTestView['files']; title(n: number): string }) {
  if (files.length === 0) return null
  return (
    <details>
      <summary>{title(files.length)}</summary>
      <ul class="points list">
        {files.map(({ issueKey, name }, i) => (
          <li key={`${i} ${name}`} class="wrap">
            {issueKey} <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </details>
  )
}
