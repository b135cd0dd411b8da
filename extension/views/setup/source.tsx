import { useModel, useSignal } from '@preact/signals'
import { uploadLimit } from '../../../shared/api-setup.ts'
import type { FoundBackup } from '../../../shared/api-setup-views.ts'
import { SourcesModel } from '../../models/ask.ts'
import type { SetupModel } from '../../models/setup.ts'
import { generalWords } from '../../words-acts.ts'
import { liveWords } from '../../words-live.ts'
import { sourceWords } from '../../words-source.ts'
import { Button, PathText, ProblemBox, Skeleton, Trouble, When } from '../parts.tsx'
import { cut, size } from '../sizes.ts'
import { Attachments } from './attachments.tsx'
import { Choices, FileButton, TextField } from './fields.tsx'
import { Fixed } from './fixed.tsx'
import { LiveSource } from './live.tsx'
import { Meter } from './meter.tsx'
import type { StepProps } from './setup.tsx'

/** What is moved: a backup on disk, or a Jira that runs. */
export function SourceStep({ id, model, now }: StepProps & { now: number }) {
  const form = model.form.value
  if (!form) return null
  const live = form.from === 'datacenter'
  return (
    <>
      <Fixed part="source" model={model}>
        <Choices
          legend={liveWords.where}
          name="from"
          value={form.from}
          choices={[
            ['backup', liveWords.backup, liveWords.backupHint],
            ['datacenter', liveWords.datacenter, liveWords.datacenterHint],
          ]}
          onPick={(from) => model.set({ from })}
        />
        {!live && <Backup id={id} model={model} now={now} />}
      </Fixed>
      {/* A token can be renewed at any time, so it stands outside of what is fixed. */}
      {live && <LiveSource model={model} now={now} />}
    </>
  )
}

/** Which backup, with which files, in which time zone. */
function Backup({ id, model, now }: StepProps & { now: number }) {
  const sources = useModel(() => new SourcesModel(id))
  const tooBig = useSignal<string | null>(null)
  const form = model.form.value
  if (!form) return null
  const wrong = (field: string) =>
    model.wrong.value.find((one) => one.field === field)?.sentence ?? null
  return (
    <>
      <Found sources={sources} model={model} now={now} />
      <TextField
        label={sourceWords.path}
        hint={sourceWords.pathHint}
        value={form.path}
        onInput={(path) => model.set({ path })}
      />
      <FileButton
        label={sourceWords.upload}
        hint={sourceWords.uploadHint}
        accept=".zip,.xml"
        onFile={(file) => {
          tooBig.value = file.size > uploadLimit ? sourceWords.tooBig(size(file.size)) : null
          if (tooBig.value === null)
            sources.upload(file, (path) => {
              model.set({ path })
              // The agent knows whose it is from now on, and takes the one before it off its disk.
              void model.save('source')
            })
        }}
      />
      {sources.uploading.value && (
        <Meter
          title={sourceWords.uploading(cut(sources.uploading.value.name, 60))}
          done={sources.uploading.value.sent}
          total={sources.uploading.value.total}
          words={sourceWords.sent(
            size(sources.uploading.value.sent),
            size(sources.uploading.value.total),
          )}
          stop={sourceWords.stopUpload}
          onStop={sources.stopUpload}
        />
      )}
      {sources.cutShort.value !== null && (
        <div class="box warn" role="status">
          <strong>{sourceWords.cutShort(cut(sources.cutShort.value, 60))}</strong>
          <span>{sourceWords.cutShortText}</span>
          <div class="bar">
            <Button look="small" onClick={sources.forgetCut}>
              {generalWords.dismiss}
            </Button>
          </div>
        </div>
      )}
      {tooBig.value !== null && (
        <p class="box bad" role="alert">
          {tooBig.value}
        </p>
      )}
      {sources.uploadProblem.value && <ProblemBox problem={sources.uploadProblem.value} />}
      <Attachments id={id} model={model} />
      <TextField
        label={sourceWords.timeZone}
        hint={sourceWords.timeZoneHint}
        value={form.timeZone}
        wrong={wrong('timeZone')}
        list={Intl.supportedValuesOf('timeZone')}
        onInput={(timeZone) => model.set({ timeZone })}
      />
    </>
  )
}

interface FoundProps {
  sources: SourcesModel
  model: SetupModel
  now: number
}

function Found({ sources, model, now }: FoundProps) {
  const found = sources.found.value
  const trouble = (
    <Trouble problem={sources.problem.value} at={sources.at.value} onRetry={sources.look} />
  )
  if (!found) return sources.problem.value ? trouble : <Skeleton rows={2} />
  const pick = ({ path, attachments }: FoundBackup) =>
    model.set({ path, attachments: attachments ?? '' })
  return (
    <fieldset class="stack tight">
      <legend>{sourceWords.found}</legend>
      {trouble}
      {found.backups.length === 0 && <p>{sourceWords.none}</p>}
      <div class="list">
        {found.backups.map((one) => (
          <label class="choice" key={one.path}>
            <input
              type="radio"
              name="backup"
              checked={model.form.value?.path === one.path}
              onChange={() => pick(one)}
            />
            <span class="grow">
              <PathText path={one.name} />
              <span class="quiet line" title={one.path}>
                {size(one.size)} · <When at={one.time} now={now} />
                {one.attachments !== null && ` · ${sourceWords.withFiles}`}
              </span>
              <span class="quiet line">
                <PathText path={one.path} />
              </span>
            </span>
          </label>
        ))}
      </div>
      <div class="bar">
        <span class="quiet wrap">
          {sourceWords.looked(found.levels)}{' '}
          {found.folders.map((folder, i) => (
            <span key={folder}>
              {i > 0 && ', '}
              <PathText path={folder} />
              {found.unfinished.includes(folder) && ` (${sourceWords.unfinished})`}
            </span>
          ))}
        </span>
        <Button look="small" onClick={sources.look}>
          {sourceWords.again}
        </Button>
      </div>
    </fieldset>
  )
}
