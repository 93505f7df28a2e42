import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uploadUrl, verifyUploadUrl } from '../../src/api/upload-url.ts'
import { parseCompleteUpload } from '../../src/api/uploads-complete-xml.ts'

const key = Buffer.alloc(32, 7)
const now = 1_700_000_000_000

function signed(part: number | 'complete', buildId = 'bld-1') {
  const url = new URL(uploadUrl({ baseUrl: 'http://127.0.0.1:4282', key, buildId, part, now }))
  const expires = Number(url.searchParams.get('expires'))
  const signature = url.searchParams.get('signature') ?? ''
  return { url, request: { buildId, part, expires, signature, key, now } }
}

describe('a signed URL', () => {
  test('names the build and the part, or the end', () => {
    expect(signed(3).url.pathname).toBe('/hatchery/v1/uploads/bld-1/parts/3')
    expect(signed('complete').url.pathname).toBe('/hatchery/v1/uploads/bld-1/complete')
    expect(signed('complete').url.origin).toBe('http://127.0.0.1:4282')
  })

  test('holds for an hour', () => {
    const { request } = signed(3)
    verifyUploadUrl(request)
    verifyUploadUrl({ ...request, now: now + 3_599_000 })
    expect(() => verifyUploadUrl({ ...request, now: now + 3_600_000 })).toThrow(
      'expired at 2023-11-14T23:13:20.000Z',
    )
  })

  test.each([
    { buildId: 'bld-2' },
    { part: 4 },
    { part: 'complete' as const },
    { expires: 1_800_000_000 },
    { signature: '' },
    { signature: `${signed(3).request.signature.slice(0, -1)}ä` },
    { key: Buffer.alloc(32, 8) },
  ])('is refused when it was changed: %j', (change) => {
    const { request } = signed(3)
    expect(() => verifyUploadUrl({ ...request, ...change })).toThrow(
      'the signature of this upload URL is wrong',
    )
  })
})

describe('the list of parts', () => {
  test('is read as the official CLI writes it', () => {
    const xml =
      '<CompleteMultipartUpload>\n\t<Part>\n\t\t<PartNumber>1</PartNumber>\n\t\t<ETag>"abc"</ETag>\n\t</Part>\n\t<Part>\n\t\t<PartNumber>2</PartNumber>\n\t\t<ETag></ETag>\n\t</Part></CompleteMultipartUpload>'
    expect(parseCompleteUpload(xml)).toEqual([
      { partNumber: 1, etag: '"abc"' },
      { partNumber: 2, etag: '' },
    ])
  })

  test('is read as S3 clients write it', () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-8"?>\r\n<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Part><ETag>&quot;abc&#34;</ETag><PartNumber> 10 </PartNumber><ChecksumCRC32>x==</ChecksumCRC32></Part></CompleteMultipartUpload>\n'
    expect(parseCompleteUpload(xml)).toEqual([{ partNumber: 10, etag: '"abc"' }])
  })

  const wrapped = (parts: string): string =>
    `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`

  test.each([
    ['', 'an element is expected at character 1; got the end'],
    ['{}', 'an element is expected at character 1; got "{}"'],
    ['<Upload></Upload>', 'it must begin with <CompleteMultipartUpload>'],
    ['<CompleteMultipartUpload>', 'an element is expected at character 26; got the end'],
    [`${wrapped('')}x`, 'the end is expected at character 52; got "x"'],
    [wrapped('<Teil></Teil>'), '<CompleteMultipartUpload> holds <Part> only; got <Teil>'],
    [wrapped('<Part><ETag>a</ETag></Part>'), 'a <Part> has no <PartNumber>'],
    [wrapped('<Part><PartNumber>7</PartNumber></Part>'), 'part 7 has no <ETag>'],
    [
      wrapped('<Part><PartNumber>0</PartNumber><ETag>a</ETag></Part>'),
      '<PartNumber> must be a whole number from 1; got "0"',
    ],
    [
      wrapped('<Part><PartNumber>1</PartNumber><PartNumber>1</PartNumber></Part>'),
      'a <Part> has two of <PartNumber>',
    ],
    [
      wrapped('<Part><PartNumber>1</PartNumber><ETag><b/></ETag></Part>'),
      '</ETag> is expected at character 64',
    ],
    [
      wrapped('<Part><PartNumber>1</PartNumber><ETag>&secret;</ETag></Part>'),
      '"&secret;" is no character that is known here',
    ],
    [wrapped('<Part><Size>1</Size></Part>'), '<Part> holds <PartNumber> and <ETag>; got <Size>'],
    [`<!DOCTYPE x [<!ENTITY a "b">]>${wrapped('')}`, 'an element is expected at character 1'],
  ])('%j is refused', (xml, problem) => {
    expect(() => parseCompleteUpload(xml)).toThrow(`the body is not a list of parts: ${problem}`)
  })

  test('whatever comes, it is read or refused, and soon', () => {
    const pieces = fc.constantFrom(
      '<Part>',
      '</Part>',
      '<ETag>',
      '</ETag>',
      '<PartNumber>1</PartNumber>',
      ' '.repeat(5_000),
      '&',
      '"',
      '<',
      '>',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        try {
          parseCompleteUpload(wrapped(parts.join('')))
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid' })
        }
      }),
    )
  })
})
