/** Settings that make Docker engines nodes. */
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { type Config, ConfigError, readConfig } from '../src/config.ts'
import { nodesIn } from '../src/config/nodes.ts'

const read = ({ argv = [] }: { argv?: string[] } = {}): Config =>
  readConfig({ argv, env: {}, cwd: tmpdir(), isRoot: true })

function problemsOf(inputs: { argv: string[] }): readonly string[] {
  try {
    read(inputs)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('nodes that are Docker engines', () => {
  test('are read with their network and their host', () => {
    const nodes = nodesIn(
      read({
        argv: [
          '--nodes=a docker=unix:///run/docker.sock,b docker=tcp://10.0.0.6:2376 network=host cpu=4 memory-mb=8000',
        ],
      }),
    )
    expect(nodes).toMatchObject([
      { name: 'a', docker: 'unix:///run/docker.sock', network: 'bridge', host: undefined },
      { name: 'b', docker: 'tcp://10.0.0.6:2376', network: 'host', host: '10.0.0.6', cpu: 4 },
    ])
  })

  test('may be reached over SSH, where their host is what players connect to', () => {
    const node = 'a docker=ssh://ada@far.example:22022/run/docker.sock cpu=4 memory-mb=8000'
    expect(nodesIn(read({ argv: [`--nodes=${node}`] }))).toMatchObject([
      { docker: 'ssh://ada@far.example:22022/run/docker.sock', host: 'far.example' },
    ])
  })

  test('may be the only one, by a switch', () => {
    const argv = ['--docker', '--containers-engine', 'unix:///a.sock']
    expect(nodesIn(read({ argv }))).toMatchObject([{ name: 'docker', docker: 'unix:///a.sock' }])
    expect(nodesIn(read())).toMatchObject([{ name: 'local', docker: undefined }])
  })

  test.each([
    ['a docker=http://x', /nodes must be a list of names/],
    ['a docker=tcp://x:1', /^nodes: "a" is another machine, so it must have cpu= and memory-mb=$/],
    ['a network=host', /^nodes: network= is for containers, so it needs docker= beside it/],
    [
      'a docker=unix:///x,b ports=20000-20010',
      /"b" and "a" are one machine, so their ports must not overlap/,
    ],
  ])('%s is refused', (nodes, words) => {
    expect(problemsOf({ argv: [`--nodes=${nodes}`] }).join('\n')).toMatch(words)
  })

  test.each([
    ['Nowhere=1', /warmProcesses names the region "Nowhere", which is not in regions$/],
    ['Tokyo=1', /names the region "Tokyo", none of whose nodes runs containers$/],
    ['Seattle', /containers-warm-processes must be a list of REGION=COUNT/],
  ])('warm containers as %s are refused', (wish, words) => {
    const argv = [
      '--nodes=a docker=unix:///x ports=20000-20009,b ports=20010-20019',
      '--region-nodes=Seattle=a,Tokyo=b',
      `--containers-warm-processes=${wish}`,
    ]
    expect(problemsOf({ argv }).join('\n')).toMatch(words)
    expect(
      problemsOf({ argv: [...argv.slice(0, 2), '--containers-warm-processes=Seattle=1'] }),
    ).toEqual([])
  })

  test('on different machines may have the same ports', () => {
    const size = 'cpu=4 memory-mb=8000'
    const nodes = `a,b docker=tcp://x:1 ${size},c docker=tcp://y:1 ${size}`
    expect(problemsOf({ argv: [`--nodes=${nodes}`] })).toEqual([])
  })
})
