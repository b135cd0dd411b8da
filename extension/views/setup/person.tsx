import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PersonChoice } from '../../../shared/api-setup.ts'
import type { PersonView } from '../../../shared/api-setup-views.ts'
import { sourceHash } from '../../models/place.ts'
import { count } from '../../words.ts'
import { accountWords } from '../../words-causes.ts'
import { peopleWords } from '../../words-people.ts'
import { Button } from '../parts.tsx'
import { cut } from '../sizes.ts'
import { AccountSearch } from './account-search.tsx'
import { Select, TextField } from './fields.tsx'

const hows = Object.entries(peopleWords.hows) as [PersonView['how'], string][]

/** What somebody can become: by e-mail only who has an address, and that says whether an account has it. */
const choicesFor = ({ addressed, state }: PersonView) =>
  hows.flatMap(([how, words]): [PersonView['how'], string][] => {
    if (how !== 'email') return [[how, words]]
    if (!addressed) return []
    return [[how, state === 'placeholder' ? peopleWords.noAccountYet : words]]
  })

interface PersonProps {
  /** The migration's. */
  id: string
  person: PersonView
  /** What somebody becomes can no longer be changed. */
  fixed: boolean
  onChoose: (key: string, choice: PersonChoice) => void
}

/** One user: who it is, what it becomes now, and what it may become instead. */
export function PersonRow({ id, person, fixed, onChoose }: PersonProps) {
  const { key, name, email, active, state, account, problem, issues } = person
  // Without an address nobody is found by one: that is a placeholder, and no choice of its own.
  const how = person.how === 'email' && !person.addressed ? 'placeholder' : person.how
  /** What is picked; another account counts only once its id is written. */
  const picked = useSignal(how)
  const accountId = useSignal(account?.accountId ?? '')
  useEffect(() => {
    picked.value = how
    accountId.value = account?.accountId ?? ''
  }, [how, account?.accountId])
  const pick = (next: PersonView['how']) => {
    picked.value = next
    if (next !== 'account') onChoose(key, { how: next })
  }
  const short = cut(name, 40)
  const typed = accountId.value.trim()
  return (
    <tr>
      <td class="block wide">
        <bdi title={name}>{cut(name, 80)}</bdi>
        <span class="quiet line">
          <bdi>{email ?? key}</bdi>
          {!active && ` · ${peopleWords.inactive}`}
        </span>
        {problem !== null && (
          <span class="called">
            ⚠ {peopleWords.problems[problem]}
            {person.sharedWith.length > 0 && (
              <>
                {' '}
                <bdi>{cut(person.sharedWith.join(', '), 80)}</bdi>
              </>
            )}
          </span>
        )}
      </td>
      <td class="number" data-label={peopleWords.columns[1]}>
        {issues === 0 ? (
          count(issues)
        ) : (
          <a href={sourceHash(id, 'issue', { person: key })}>{count(issues)}</a>
        )}
      </td>
      <td data-label={peopleWords.columns[2]}>
        <span>
          {peopleWords.states[state]}
          {account !== null && (
            <span class="quiet line">
              <bdi>{cut(account.displayName ?? account.accountId, 80)}</bdi>
            </span>
          )}
        </span>
      </td>
      <td class="block">
        {state === 'outOfScope' ? (
          <span class="quiet">{peopleWords.outOfScope}</span>
        ) : (
          <fieldset class="stack tight" disabled={fixed}>
            <Select
              quiet
              label={peopleWords.becomes(short)}
              value={picked.value}
              choices={choicesFor(person)}
              onPick={pick}
            />
            {picked.value === 'account' && (
              <>
                <AccountSearch
                  id={id}
                  name={short}
                  onPick={(found) => onChoose(key, { how: 'account', accountId: found })}
                />
                <details>
                  <summary>{accountWords.byId}</summary>
                  <div class="stack tight">
                    <TextField
                      label={peopleWords.accountId(short)}
                      hint={peopleWords.accountHint}
                      value={accountId.value}
                      onInput={(value) => {
                        accountId.value = value
                      }}
                    />
                    <div>
                      <Button
                        look="small"
                        whyNot={typed === '' ? peopleWords.accountMissing : null}
                        onClick={() => onChoose(key, { how: 'account', accountId: typed })}
                      >
                        {peopleWords.use}
                      </Button>
                    </div>
                  </div>
                </details>
              </>
            )}
          </fieldset>
        )}
      </td>
    </tr>
  )
}
