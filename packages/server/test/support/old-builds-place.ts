/** A server with an application, for tests of builds as the older versions have them. */
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { anAppConfig } from './deployed-app.ts'
import { fileForm, formType, postForm } from './form.ts'
import { startWithFakes } from './start-with-fakes.ts'

export const archive = 'a game server'
/** What RunBuild says of it. */
export const output = 'reading 13 bytes\nbuild succeeded\n'

export async function oldBuildsPlace(...flags: string[]) {
  const hatchery = await startWithFakes(...flags)
  const { client, url, token, data } = hatchery
  const { appId } = await client.appsV2.createApp(anAppConfig('arena'))
  const official = new HathoraCloud({ serverURL: url, hathoraDevToken: token, appId })
  const addressOf = (version: 'v1' | 'v2', number: number) =>
    `${url}/builds/${version}/${appId}/run/${number}`
  return {
    ...{ ...hatchery, appId, official, addressOf },
    run: (version: 'v1' | 'v2', number: number, body: BodyInit, type?: string) =>
      postForm(addressOf(version, number), body, { token, ...(type !== undefined && { type }) }),
    left: () => readdirSync(join(data, 'uploads')),
    /** The id that BuildsV3 knows it by. */
    idOf: async (number: number) => {
      const { builds } = await client.buildsV3.getBuilds()
      return builds.toReversed()[number - 1]?.buildId ?? ''
    },
  }
}

/** A form whose second half is sent by `end`. */
export function halfSent(url: string, { address, token }: { address: string; token: string }) {
  const { hostname, port } = new URL(url)
  const form = fileForm(archive)
  const middle = form.indexOf(archive) + 5
  const socket = connect(Number(port), hostname)
  const answer = new Promise<string>((resolve, reject) => {
    let got = ''
    socket.on('data', (bytes) => (got += bytes.toString()))
    socket.on('close', () => resolve(got))
    socket.on('error', reject)
  })
  socket.write(
    `POST ${new URL(address).pathname} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\nAuthorization: ${token}\r\n` +
      `Content-Type: ${formType}\r\nContent-Length: ${form.length}\r\n\r\n`,
  )
  socket.write(form.subarray(0, middle))
  return { answer, end: () => socket.write(form.subarray(middle)), cut: () => socket.destroy() }
}
