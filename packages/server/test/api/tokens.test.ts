/** Who may call: with a token, without one, with one that nobody knows. */
import { operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { refusalIn } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

/** Everything that takes a token. */
const guarded = Object.values(operations).filter(({ access }) => typeof access !== 'string')

test('every operation that takes a token is 401 without one, whatever else is wrong with the request', async () => {
  const { url } = await startWithFakes()
  for (const { id, method, path } of guarded) {
    const address = `${url}${path.replaceAll(/\{\w+\}/g, 'x')}?before=soon`
    const answer = await fetch(address, { method: method.toUpperCase() })
    expect({ id, ...(await refusalIn(answer)) }).toMatchObject({
      id,
      status: 401,
      code: 'unauthenticated',
      message: 'no token was sent: send the header "Authorization: Bearer <token>"',
    })
  }
})

test('a token that nobody knows is 401, and is not repeated in the message', async () => {
  const { url } = await startWithFakes()
  for (const authorization of ['Bearer who-knows', 'who-knows', 'Basic dXNlcjpwYXNz', 'Bearer']) {
    const answer = await fetch(`${url}/apps/v2/apps`, { headers: { authorization } })
    const refusal = await refusalIn(answer)
    expect(refusal).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect(refusal.message).not.toContain('who-knows')
  }
})

test('the token comes raw or behind Bearer, in any case', async () => {
  const { url, token } = await startWithFakes()
  for (const authorization of [token, `Bearer ${token}`, `bearer ${token}`, `BEARER  ${token}`]) {
    const answer = await fetch(`${url}/apps/v2/apps`, { headers: { authorization } })
    expect({ authorization, status: answer.status }).toEqual({ authorization, status: 200 })
  }
})

test('a token with a character more, less or different is not the token', async () => {
  const { url, token } = await startWithFakes()
  for (const authorization of [
    `${token}x`,
    token.slice(0, -1),
    token.toUpperCase(),
    ` ${token} x`,
  ]) {
    const answer = await fetch(`${url}/apps/v2/apps`, { headers: { authorization } })
    expect(answer.status).toBe(401)
  }
})

test('a token in the query does not count', async () => {
  const { url, token } = await startWithFakes()
  const answer = await fetch(`${url}/apps/v2/apps?token=${token}&authorization=${token}`)
  expect(answer.status).toBe(401)
})
