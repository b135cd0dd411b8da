import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { PairBody } from '../../shared/api-pairing.ts'
import { Problem } from '../../shared/problem.ts'
import { addClient } from '../ledger/clients.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'

/** Who the agent is, and the exchange of a pairing code for a token: all that strangers may ask. */
export const pairingRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/about', (c) => c.json(deps.about))
    .post('/pair', valid('json', PairBody), async (c) => {
      const { code, name } = c.req.valid('json')
      // One answer for wrong, used and expired codes: a guesser learns nothing.
      if (!deps.pairing.take(code))
        throw new Problem('not-paired', 'This pairing code is not good.', {
          hint: "Look at the agent's window: a code is good once, for ten minutes, and a new one stands there then.",
        })
      const token = randomBytes(32).toString('base64url')
      await addClient(deps.ledger.db, token, name, deps.now())
      return c.json({ token, agent: deps.about.name })
    })
