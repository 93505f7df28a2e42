/** What an engine is given to build from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DriverError } from '../../src/domain/driver.ts'
import { tarEntries } from '../../src/drivers/archive/tar-entries.ts'
import { buildContext } from '../../src/drivers/docker/build-context.ts'
import { createBuildOutput } from '../../src/drivers/docker/build-output.ts'
import { ignoreRules } from '../../src/drivers/docker/ignore-rules.ts'
import { tarball } from '../support/tarball.ts'

describe('a .dockerignore', () => {
  test.each([
    ['node_modules', 'node_modules/a/b', true],
    ['node_modules', 'deep/node_modules/a', false],
    ['**/node_modules', 'deep/node_modules/a', true],
    ['**/node_modules', 'node_modules', true],
    ['*.log', 'a.log', true],
    ['*.log', 'deep/a.log', false],
    ['**/*.log', 'deep/er/a.log', true],
    ['/deep/', 'deep/a', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[ab].txt', 'b.txt', true],
    ['[^ab].txt', 'b.txt', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a.c', 'abc', false],
    ['# a', 'a', false],
    ['*\n!keep', 'keep', false],
    ['*\n!keep', 'other', true],
    ['!keep\n*', 'keep', true],
    ['deep\n!deep/keep', 'deep/keep', false],
    ['', 'a', false],
  ])('%j leaves out %s: %s', (text, path, isLeftOut) => {
    expect(ignoreRules(text)(path)).toBe(isLeftOut)
  })
})

describe('the context', () => {
  function contextOf(files: Record<string, string>) {
    const folder = mkdtempSync(join(tmpdir(), 'hatchery-context-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const archive = join(folder, 'archive')
    writeFileSync(archive, tarball(files))
    const { signal } = new AbortController()
    return buildContext({ archive, say: () => undefined, signal })
  }

  test('has what the archive has but for what is ignored, under clean names', async () => {
    const long = `./${'deep/'.repeat(18)}file`
    const { bytes } = await contextOf({
      './Dockerfile': 'FROM scratch\n',
      '.dockerignore': '*\n!deep\n',
      secret: 'x',
      [long]: 'content',
    })
    const found: Record<string, string> = {}
    for await (const entry of tarEntries(bytes)) {
      let text = ''
      for await (const chunk of entry.body) text += chunk.toString()
      found[entry.name] = text
    }
    expect(found).toEqual({
      Dockerfile: 'FROM scratch\n',
      '.dockerignore': '*\n!deep\n',
      [long.slice(2)]: 'content',
    })
  })

  test.each([
    [{ 'game/Dockerfile': '' }, 'everything is below "game/": pack what is in that folder'],
    [{ dockerfile: '', 'a/b': '' }, 'at its root: "a/", "dockerfile"; add a file "Dockerfile"'],
  ])('of %j is refused, and another builder may take it', async (files, words) => {
    const refusal = await contextOf(files).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ nothingToBuild: true, message: expect.stringContaining(words) })
  })
})

describe('the output of a build', () => {
  const take = (...messages: object[]) => {
    const said: string[] = []
    const output = createBuildOutput((line) => said.push(line))
    for (const message of messages) output.take(message)
    return { said, end: output.end }
  }

  test('is said in whole lines, without every byte that arrives', () => {
    const { said, end } = take(
      { stream: 'Step 1/2 : ' },
      { stream: 'FROM a\r\n' },
      { stream: '\u001b[91mto stderr\n\u001b[0m' },
      { stream: 'next' },
      { status: 'Downloading', id: 'layer', progressDetail: { current: 1 } },
      { status: 'Pull complete', id: 'layer', progressDetail: {} },
      { stream: 'y'.repeat(60_001) },
      { aux: { ID: 'sha256:abc' } },
    )
    expect(end()).toBe('abc')
    expect(said.map((line) => line.slice(0, 22))).toEqual([
      'Step 1/2 : FROM a',
      'to stderr',
      'layer: Pull complete',
      `next${'y'.repeat(18)}`,
      'yyyyy',
    ])
  })

  test('ends with the engine’s words when it fails, which come with status 200', () => {
    const words = "The command '/bin/sh -c exit 7' returned a non-zero code: 7"
    expect(() => take({ errorDetail: { message: words }, error: words })).toThrow(
      new DriverError(words, { temporary: false }),
    )
  })

  test('without an image is a failure', () => {
    expect(take({ stream: 'hm' }).end).toThrow('without an image')
  })
})
