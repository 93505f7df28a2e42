import { describe, expect, test } from 'vitest'
import { freshPages, textOf, withParts } from '../../../scripts/docs.ts'

describe('pages with generated parts', () => {
  test.each(freshPages())('$path is fresh', (page) => {
    const text = textOf(page)
    expect(text, 'npm run check -- --write renews it').toBe(withParts(text, page))
  })

  test('a part between markers is replaced, and nothing else', () => {
    const page = { path: 'a.md', parts: { numbers: '1\n2' } }
    const text = 'before\n<!-- generated: numbers -->\nold\n<!-- end -->\nafter\n'
    expect(withParts(text, page)).toBe(
      'before\n<!-- generated: numbers -->\n\n1\n2\n\n<!-- end -->\nafter\n',
    )
  })

  test('a page without the markers of a part is refused', () => {
    expect(() => withParts('text', { path: 'a.md', parts: { numbers: '1' } })).toThrow(
      'a.md has no markers for the part numbers',
    )
  })
})
