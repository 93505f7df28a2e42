/** Settings from a YAML file: sections or dotted keys; an empty value counts as not set. */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import {
  type Document,
  LineCounter,
  type Pair,
  isAlias,
  isMap,
  isNode,
  isScalar,
  parseDocument,
} from 'yaml'
import { type Reading, checked, joined, unknownSetting } from './reading.ts'
import { sections, settingOfKey } from './setting.ts'
import { listOf } from './value.ts'

const usualName = 'hatchery.yaml'
const nothing: Reading = { given: [], problems: [] }

/** Reads `name`, or hatchery.yaml in `cwd` where there is one. */
export function readSettingsFile(name: string | undefined, cwd: string): Reading {
  const shownName = name ?? usualName
  const path = resolve(cwd, shownName)
  try {
    return readYaml(readFileSync(path, 'utf8'), { name: shownName, folder: dirname(path) })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (code === 'ENOENT' && name === undefined) return nothing
    return { given: [], problems: [`settings file ${shownName} cannot be read: ${code}`] }
  }
}

interface Place {
  readonly name: string
  readonly folder: string
}

interface Context extends Place {
  readonly document: Document
  readonly lines: LineCounter
}

function readYaml(text: string, place: Place): Reading {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const context = { ...place, document, lines }
  if (document.errors.length > 0)
    return { given: [], problems: document.errors.map(yamlProblem(context)) }
  if (document.contents === null || isNull(document.contents)) return nothing
  return readSection(document.contents, { prefix: '', writtenAs: place.name }, context)
}

/** Without the parser's own message: it quotes the text, which may hold the admin token. */
const yamlProblem =
  ({ name, lines }: Context) =>
  ({ code, pos }: { code: string; pos: [number, number] }): string =>
    `${name}:${lines.linePos(pos[0]).line} is no valid YAML: ${code.toLowerCase().replaceAll('_', ' ')}`

interface Section {
  /** What stands before its keys: `limits.`, nothing for the whole file. */
  readonly prefix: string
  readonly writtenAs: string
}

function readSection(node: unknown, { prefix, writtenAs }: Section, context: Context): Reading {
  if (isMap(node)) return joined(node.items.map((pair) => readPair(pair, prefix, context)))
  return { given: [], problems: [`${writtenAs} must hold settings as lines of name: value`] }
}

function readPair(pair: Pair, prefix: string, context: Context): Reading {
  const { document, folder } = context
  const key = `${prefix}${isScalar(pair.key) ? String(pair.key.value) : '?'}`
  const writtenAs = `${context.name}:${lineOf(pair.key, context)} ${key}`
  const node = isAlias(pair.value) ? pair.value.resolve(document) : pair.value
  const isSection = sections.has(key)
  const setting = settingOfKey.get(key)
  if (setting === undefined && !isSection) return unknownSetting(writtenAs, key, knownKeys)
  if (isNull(node)) return nothing
  if (setting === undefined) return readSection(node, { prefix: `${key}.`, writtenAs }, context)
  const value = isNode(node) ? (node.toJS(document) as unknown) : undefined
  const isListText = setting.schema.type === 'array' && typeof value === 'string'
  return checked({ setting, value: isListText ? listOf(value) : value, writtenAs, folder })
}

const knownKeys = [...settingOfKey.keys(), ...sections]

const isNull = (node: unknown): boolean => node === null || (isScalar(node) && node.value === null)

function lineOf(node: unknown, { lines }: Context): number {
  const range = isScalar(node) ? node.range : null
  return range ? lines.linePos(range[0]).line : 1
}
