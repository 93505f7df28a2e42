/** BuildsV1 and V2: a build as those versions show it, under an integer and in an application. */
import Type, { type Static } from 'typebox'
import { BuildStatus } from '../build.ts'
import { appId, buildTag, createdBy, dateTime, dateTimeOrNull } from '../fields.ts'
import { Region } from '../region.ts'

/** What the oldest versions call a build. The number of a build stays, and is no other's. */
export const buildNumber = Type.Integer({
  description: 'The number of a build: 1, 2, … in its organization.',
  minimum: 1,
  examples: [1],
})

export const RegionalContainerTags = Type.Object(
  { containerTag: Type.String({ description: 'The tag there.' }), region: Region },
  { title: 'RegionalContainerTags', description: 'An image of a build in a region.' },
)
export type RegionalContainerTags = Static<typeof RegionalContainerTags>

export const Build = Type.Object(
  {
    buildId: buildNumber,
    appId,
    buildTag: Type.Optional(Type.Unsafe<string | null>({ ...buildTag, type: ['string', 'null'] })),
    status: BuildStatus,
    imageSize: Type.Integer({
      description: 'Bytes of the unpacked build; 0 until it has succeeded.',
    }),
    regionalContainerTags: Type.Array(RegionalContainerTags, {
      description: 'Always empty: a build is not copied to regions.',
      deprecated: true,
    }),
    createdAt: dateTime('When the build was created.'),
    createdBy,
    startedAt: dateTimeOrNull('When RunBuild began; null before.'),
    finishedAt: dateTimeOrNull('When it succeeded or failed; null before.'),
    deletedAt: dateTimeOrNull('When it was deleted; null while it is there.'),
    expiredAt: Type.Optional(dateTime('When it was removed for its age.')),
  },
  { title: 'Build', description: 'Something a driver can start, as the older versions show it.' },
)
export type Build = Static<typeof Build>
