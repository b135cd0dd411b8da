import { useModel, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { MappingsFile } from '../../../shared/api-mappings.ts'
import { MappingsModel } from '../../models/mappings.ts'
import type { SetupModel } from '../../models/setup.ts'
import { count } from '../../words.ts'
import { mappingWords } from '../../words-mappings.ts'
import { Button, ProblemBox } from '../parts.tsx'
import { size } from '../sizes.ts'
import { FileButton, TextField } from './fields.tsx'

/** Where a verification finds which item became which: a file that is uploaded, or one of the agent's machine. */
export function Mappings({ model }: { model: SetupModel }) {
  const path = model.form.value?.mappings ?? ''
  const mappings = useModel(() => new MappingsModel(path))
  const { busy } = mappings
  const keep = (file: File) => mappings.upload(file, (at) => model.set({ mappings: at }))
  return (
    <>
      <TextField
        label={mappingWords.path}
        hint={mappingWords.pathHint}
        value={path}
        onInput={(typed) => {
          mappings.forget()
          model.set({ mappings: typed })
        }}
        onLeave={() => mappings.look(path)}
      />
      <Drop onFile={keep}>
        <FileButton
          label={mappingWords.upload}
          hint={busy.value === 'upload' ? mappingWords.uploading : mappingWords.uploadHint}
          accept=".csv"
          onFile={keep}
        />
      </Drop>
      {busy.value === 'look' && (
        <p class="quiet" role="status">
          {mappingWords.reading}
        </p>
      )}
      {mappings.tooLarge.value !== null && (
        <p class="box bad" role="alert">
          {mappingWords.tooLarge(size(mappings.tooLarge.value))}
        </p>
      )}
      {mappings.problem.value && <ProblemBox problem={mappings.problem.value} />}
      {mappings.file.value && <Found file={mappings.file.value} />}
      {path !== '' && (
        <div class="bar">
          <Button
            look="small"
            onClick={() => {
              mappings.forget()
              model.set({ mappings: '' })
            }}
          >
            {mappingWords.away}
          </Button>
          <span class="quiet wrap">{mappingWords.replace}</span>
        </div>
      )}
    </>
  )
}

/** A file let go over it counts as chosen; the button inside does the same by keyboard. */
function Drop({ onFile, children }: { onFile: (file: File) => void; children: ComponentChildren }) {
  const over = useSignal(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the button, which is in reach of all.
    <div
      class={over.value ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        over.value = true
      }}
      onDragLeave={() => {
        over.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        over.value = false
        const file = event.dataTransfer?.files[0]
        if (file) onFile(file)
      }}
    >
      {children}
    </div>
  )
}

/** More types than this are no help to name. */
const typesShown = 5

function Found({ file }: { file: MappingsFile }) {
  const { used, rows, otherRows, otherTypes, problems, refused } = file
  const types = otherTypes.slice(0, typesShown).map((one) => `${one.type} (${count(one.rows)})`)
  const bad = refused > 0 || used === 0
  return (
    <div class={bad ? 'box warn' : 'box good'} role="status">
      <strong class="wrap">
        <bdi>{file.name}</bdi> ({size(file.size)})
      </strong>
      <span>{used === 0 ? mappingWords.none : mappingWords.used(used, rows)}</span>
      {otherRows > 0 && (
        <span class="quiet wrap">{mappingWords.others(otherRows, types.join(', '))}</span>
      )}
      {refused > 0 && (
        <>
          <strong>{mappingWords.refused(refused)}</strong>
          <ul class="wrap">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
            {refused > problems.length && <li>{mappingWords.more(refused - problems.length)}</li>}
          </ul>
          <span>{mappingWords.whatNow}</span>
        </>
      )}
    </div>
  )
}
