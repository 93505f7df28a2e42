/** Where something shall start: the region that is named, the only one there is, or the one that is chosen. */
import type { Context } from './context.ts'

/** Throws a Failure where nobody can be asked. A region that is named is not looked up: the server knows. */
export async function chooseRegion(context: Context, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const client = await context.client()
  const regions = (await client.hatchery.getRegions()).map(({ region }) => region)
  const [only] = regions
  if (only !== undefined && regions.length === 1) return only
  return await context.ask.choose({
    message: 'Which region?',
    options: regions.map((region) => ({ value: region, label: region })),
    missing: `--region is missing: one of ${regions.join(', ')}`,
  })
}
