/** Where an application is balanced: its own port, which stays, and host names. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { reopened } from '../real/playground.ts'
import { freePort } from '../drivers/support/free-port.ts'
import { eventually } from '../support/eventually.ts'
import { anAppConfig } from '../support/deployed-app.ts'
import { refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import {
  ask,
  balancedGame,
  balancerPorts,
  stateOnce,
  switched,
  whoAnswers,
} from './balanced-game.ts'

/** Another program on a port of this machine. */
async function occupied(port: number): Promise<() => Promise<void>> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  return close
}

describe('the port of an application', () => {
  test('is the same after a restart, and its processes are found again', async () => {
    const game = await balancedGame(2)
    const next = { ...(await reopened(game)), url: game.url }
    const { urls } = await stateOnce(
      next,
      (state) => state.urls.length > 0 && state.processes === 2,
    )
    expect(urls).toEqual([game.url])
    expect(await whoAnswers(next)).not.toBe(await whoAnswers(next))
  })

  test('that another program took meanwhile is waited for, and why is said', async () => {
    const game = await balancedGame(1)
    await game.hatchery.server.close()
    const leave = await occupied(Number(new URL(game.url).port))
    const next = { ...(await reopened(game)), url: game.url }
    const { problem } = await stateOnce(next, (state) => state.problem !== null)
    expect(problem).toBe(`its port ${new URL(game.url).port} is used by another program`)
    await leave()
    await stateOnce(next, ({ urls }) => urls.includes(game.url))
    expect((await ask(next, '/who')).status).toBe(200)
  })

  test('is another one than others have, and than other programs use', async () => {
    const [from = '', to = ''] = balancerPorts()
    const first = Number(from.split('=')[1])
    await occupied(first)
    const hatchery = await startHatchery({ flags: [from, to] })
    const ports: number[] = []
    for (const name of ['a', 'b', 'c']) {
      const { appId } = await hatchery.client.appsV2.createApp(anAppConfig(name))
      await switched({ hatchery, appId }, true)
      const { urls } = await stateOnce({ hatchery, appId }, (state) => state.urls.length > 0)
      ports.push(Number(new URL(urls[0] ?? '').port))
    }
    expect(new Set(ports).size).toBe(3)
    expect(ports).not.toContain(first)
  })

  test('is given back when the application is deleted', async () => {
    const hatchery = await startHatchery({ flags: balancerPorts() })
    const balanced = async (name: string): Promise<[string, string]> => {
      const { appId } = await hatchery.client.appsV2.createApp(anAppConfig(name))
      await switched({ hatchery, appId }, true)
      const { urls } = await stateOnce({ hatchery, appId }, (state) => state.urls.length > 0)
      return [appId, urls[0] ?? '']
    }
    const [appId, url] = await balanced('a')
    await hatchery.client.appsV2.deleteApp(appId)
    await eventually('nothing listens', async () => (await fetch(url).catch(() => null)) === null)
    expect((await refusalOf(hatchery.client.hatchery.getLoadBalancer(appId))).status).toBe(404)
    expect((await balanced('b'))[1]).toBe(url)
  })
})

describe('a host name', () => {
  const statusAt = (port: number, host: string, token: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { host, authorization: `Bearer ${token}` }
      request({ host: '127.0.0.1', port, path: '/who', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })

  test('of an application is balanced at the port of the domain, any other is 404', async () => {
    const port = await freePort()
    const game = await balancedGame(
      1,
      ...['--load-balancer-domain=play.test', `--load-balancer-port=${port}`],
    )
    const { appId, hatchery } = game
    const { urls } = await hatchery.client.hatchery.getLoadBalancer(appId)
    expect(urls).toEqual([`http://${appId}.play.test:${port}`, game.url])
    const at = (host: string) => statusAt(port, host, hatchery.token)
    expect(await at(`${appId}.play.test:${port}`)).toBe(200)
    expect(await at(`${appId.toUpperCase()}.PLAY.test`)).toBe(200)
    const others = ['play.test', `x.${appId}.play.test`, 'app-x.play.test', `${appId}.evil.test`]
    for (const host of others) expect([host, await at(host)]).toEqual([host, 404])
    expect(await statusAt(port, `${appId}.play.test`, 'wrong')).toBe(401)
    await switched(game, false)
    await eventually('it is 404', async () => (await at(`${appId}.play.test`)) === 404)
  })

  test('is told with https where a proxy takes it', async () => {
    const port = await freePort()
    const hatchery = await startHatchery({
      flags: [
        ...balancerPorts(),
        ...['--load-balancer-domain=play.test', `--load-balancer-port=${port}`],
        '--load-balancer-behind-tls',
      ],
    })
    const { appId } = await hatchery.client.appsV2.createApp(anAppConfig('a'))
    await switched({ hatchery, appId }, true)
    const { urls } = await hatchery.client.hatchery.getLoadBalancer(appId)
    expect(urls[0]).toBe(`https://${appId}.play.test`)
  })

  test('cannot be balanced where another program has the port: the server says so and does not start', async () => {
    const port = await freePort()
    await occupied(port)
    const starting = startHatchery({
      flags: ['--load-balancer-domain=play.test', `--load-balancer-port=${port}`],
    })
    await expect(starting).rejects.toThrow(
      `the load balancer cannot listen on 127.0.0.1:${port} (EADDRINUSE): free it, or set loadBalancer.port`,
    )
  })
})
