/** The agents that are paired but not in use: their runs end, too, and nobody looks. */
import { state } from '../agent-client.ts'
import { heardOf, hearOther } from '../cache/others.ts'
import { readOthers } from '../settings.ts'
import { handlers } from './service.ts'

/** Asks each of them what changed, so that the person is told. One that is away is asked again the next time. */
export async function askOthers(): Promise<void> {
  for (const { address, name, token } of await readOthers())
    if (token !== null)
      await ask({ address, name, token }).catch((error: unknown) => console.warn(address, error))
}

async function ask(other: { address: string; name: string; token: string }): Promise<void> {
  for (;;) {
    const since = await heardOf(other.address)
    const page = await state(other, since)
    await hearOther(other, page, since)
    // From anew, it is asked once more from its beginning.
    if (page.more !== true && page.cursor >= since) return
  }
}

/** Takes the agent of a notification in use, so that what it told of can be looked at. */
export async function turnTo(address: string): Promise<void> {
  if ((await readOthers()).some((one) => one.address === address))
    await handlers.chooseAgent({ address }, { own: true, origin: null })
}
