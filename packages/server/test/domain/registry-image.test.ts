/** Images as callers name them: on the official command line, in Docker's own way, and wrongly. */
import { describe, expect, test } from 'vitest'
import { readRegistryImage } from '../../src/domain/registry-image.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const digest = `sha256:${'a'.repeat(64)}`

describe('the name of an image', () => {
  test.each([
    ['game', undefined, 'docker.io', 'library/game', 'latest'],
    ['studio/game:1.4', undefined, 'docker.io', 'studio/game', '1.4'],
    ['studio/game:1.4', '', 'docker.io', 'studio/game', '1.4'],
    ['docker.io/studio/game', undefined, 'docker.io', 'studio/game', 'latest'],
    ['studio/game', 'https://index.docker.io/v1/', 'docker.io', 'studio/game', 'latest'],
    ['ghcr.io/studio/game:1', undefined, 'ghcr.io', 'studio/game', '1'],
    ['studio/game:1', 'ghcr.io', 'ghcr.io', 'studio/game', '1'],
    ['ghcr.io/studio/game:1', 'GHCR.io', 'ghcr.io', 'studio/game', '1'],
    ['localhost/game', undefined, 'localhost', 'game', 'latest'],
    ['127.0.0.1:5000/a/b_c/d-e:x', undefined, '127.0.0.1:5000', 'a/b_c/d-e', 'x'],
    ['game', '[::1]:5000', '[::1]:5000', 'game', 'latest'],
    [`studio/game@${digest}`, undefined, 'docker.io', 'studio/game', digest],
    [`studio/game:1@${digest}`, undefined, 'docker.io', 'studio/game', digest],
  ])('%s of %s', (image, registryUrl, host, repository, reference) => {
    const read = readRegistryImage({ image, ...(registryUrl !== undefined && { registryUrl }) })
    expect(read).toEqual({ host, repository, reference, credentials: undefined })
  })

  test.each([
    ...['Studio/game', 'studio//game', 'studio/game:', 'studio/game:a b', '-/game', '../game'],
    ...['game@sha256:abc', 'game@md5:aa', '/game', 'game/', 'exa mple.com/game', ':1', '@'],
    ...['studio/game?x=1', 'studio/game#x', 'a:b@c.d/game'],
  ])('%j is refused with what is allowed', (image) => {
    expect(() => readRegistryImage({ image })).toThrow(/^body\.image must be /)
  })

  test.each(['https://', 'a b', 'http://user:word@ghcr.io', 'ghcr.io/studio', 'ghcr.io:port', '?'])(
    'a registry %j is refused with what is allowed',
    (registryUrl) => {
      expect(() => readRegistryImage({ image: 'game', registryUrl })).toThrow(
        /^body\.registryUrl must be a host/,
      )
    },
  )
})

describe('credentials', () => {
  test.each([
    ['studio:a:b', { kind: 'password', username: 'studio', password: 'a:b' }],
    [
      '{"username":"studio","password":"word"}',
      { kind: 'password', username: 'studio', password: 'word' },
    ],
    ['{"identitytoken":"t"}', { kind: 'token', token: 't' }],
  ])('%s are taken in base64', (text, credentials) => {
    const image = { image: 'game', auth: base64(text) }
    expect(readRegistryImage(image)).toMatchObject({ credentials })
  })

  test.each(['secret', ':secret', '{"password":"secret"}', '{secret'])(
    '%s are refused without showing them',
    (text) => {
      const image = { image: 'game', auth: base64(text) }
      expect(() => readRegistryImage(image)).toThrow(/^body\.auth must be the base64 of USER:PASS/)
      expect(() => readRegistryImage(image)).not.toThrow(new RegExp(`secret|${base64(text)}`))
    },
  )

  test('are none where the text is empty', () => {
    expect(readRegistryImage({ image: 'game', auth: '' }).credentials).toBeUndefined()
  })
})
