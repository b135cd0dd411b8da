import { useModel } from '@preact/signals'
import { AccountsModel } from '../../models/accounts.ts'
import { accountWords } from '../../words-causes.ts'
import { Button, ProblemBox } from '../parts.tsx'
import { cut } from '../sizes.ts'
import { TextField } from './fields.tsx'

interface AccountSearchProps {
  id: string
  /** Whom it is for, short. */
  name: string
  onPick: (accountId: string) => void
}

/** Finds an account of the site by name or address, and takes the one that is picked. */
export function AccountSearch({ id, name, onPick }: AccountSearchProps) {
  const model = useModel(() => new AccountsModel(id))
  const found = model.found.value
  return (
    <div class="stack tight">
      <TextField
        type="search"
        label={accountWords.find(name)}
        hint={accountWords.hint}
        value={model.words.value}
        onInput={model.lookFor}
      />
      <div role="status" class="quiet">
        {model.asking.value
          ? accountWords.asking
          : found === null
            ? ''
            : found.length === 0
              ? accountWords.none
              : accountWords.found(found.length)}
      </div>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      {found !== null && found.length > 0 && (
        <ul class="stack tight">
          {found.map(({ accountId, displayName, email }) => (
            <li key={accountId} class="found">
              <Button look="small" onClick={() => onPick(accountId)}>
                {accountWords.use}
                <span class="hidden"> {displayName}</span>
              </Button>
              <span class="wrap" title={displayName}>
                <bdi>{cut(displayName, 60)}</bdi>
                <span class="quiet line">
                  <bdi>{email ?? accountId}</bdi>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
