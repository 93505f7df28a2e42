/** Reads the XML that ends an upload in parts, as the official CLI and S3 clients send it. Nothing else of XML. */
import { HatcheryError } from '@hatchery/contract'
import { show } from './explain.ts'

export interface CompletedPart {
  readonly partNumber: number
  readonly etag: string
}

/** Throws `invalid` and says what is wrong and where. */
export function parseCompleteUpload(xml: string): CompletedPart[] {
  const reader = createReader(xml)
  const parts: CompletedPart[] = []
  reader.skip(/^\uFEFF?\s*(<\?xml\s[^>]*\?>)?\s*/)
  if (reader.open() !== 'CompleteMultipartUpload')
    throw wrong('it must begin with <CompleteMultipartUpload>')
  for (;;) {
    const name = reader.openOrClose('CompleteMultipartUpload')
    if (name === undefined) break
    if (name !== 'Part') throw wrong(`<CompleteMultipartUpload> holds <Part> only; got <${name}>`)
    parts.push(readPart(reader))
    if (parts.length > mostParts) throw wrong(`at most ${mostParts} parts are allowed`)
  }
  reader.end()
  return parts
}

const mostParts = 10_000

function readPart(reader: Reader): CompletedPart {
  const fields = new Map<string, string>()
  for (;;) {
    const name = reader.openOrClose('Part')
    if (name === undefined) break
    if (!/^(PartNumber|ETag|Checksum[A-Z0-9]+)$/.test(name))
      throw wrong(`<Part> holds <PartNumber> and <ETag>; got <${name}>`)
    if (fields.has(name)) throw wrong(`a <Part> has two of <${name}>`)
    fields.set(name, reader.text(name))
  }
  return partOf(fields)
}

function partOf(fields: ReadonlyMap<string, string>): CompletedPart {
  const number = fields.get('PartNumber')
  if (number === undefined) throw wrong('a <Part> has no <PartNumber>')
  if (!/^[1-9]\d{0,8}$/.test(number))
    throw wrong(`<PartNumber> must be a whole number from 1; got ${show(number)}`)
  const etag = fields.get('ETag')
  if (etag === undefined) throw wrong(`part ${number} has no <ETag>`)
  return { partNumber: Number(number), etag }
}

interface Reader {
  skip(pattern: RegExp): void
  /** Name of the element that begins here. */
  open(): string
  /** The same, or undefined where `</name>` stands. */
  openOrClose(name: string): string | undefined
  /** Text up to `</name>`, without blanks around it. */
  text(name: string): string
  end(): void
}

const longestShown = 60

/** Reads from left to right; each step takes what it needs or throws. */
function createReader(xml: string): Reader {
  let position = 0

  function match(pattern: RegExp): string[] | undefined {
    pattern.lastIndex = position
    const found = pattern.exec(xml)
    if (found === null) return undefined
    position = pattern.lastIndex
    return [...found]
  }

  function unexpected(wanted: string): HatcheryError {
    const here = xml.slice(position, position + longestShown)
    return wrong(
      `${wanted} is expected at character ${position + 1}; got ${here === '' ? 'the end' : show(here)}`,
    )
  }

  function close(name: string): boolean {
    return match(new RegExp(`\\s*</${name}\\s*>`, 'y')) !== undefined
  }

  function open(): string {
    const found = match(
      /\s*<([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z:_-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*>/y,
    )
    if (found?.[1] === undefined) throw unexpected('an element')
    return found[1]
  }

  return {
    open,
    openOrClose: (name) => (close(name) ? undefined : open()),
    skip(pattern) {
      position += pattern.exec(xml.slice(position))?.[0].length ?? 0
    },
    text(name) {
      const text = match(/[^<]*/y)?.[0] ?? ''
      if (!close(name)) throw unexpected(`</${name}>`)
      return decode(text).trim()
    },
    end() {
      match(/\s*/y)
      if (position < xml.length) throw unexpected('the end')
    },
  }
}

const entities = new Map([
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&#x22;', '"'],
  ['&apos;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
])

function decode(text: string): string {
  return text.replaceAll(/&[^;\s]{0,10};?/g, (entity) => {
    const character = entities.get(entity)
    if (character === undefined) throw wrong(`${show(entity)} is no character that is known here`)
    return character
  })
}

const wrong = (problem: string): HatcheryError =>
  new HatcheryError('invalid', `the body is not a list of parts: ${problem}`)
