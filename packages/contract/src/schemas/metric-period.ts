/** What of a series is asked for. */
import Type from 'typebox'

const unixTime = (description: string) =>
  Type.Optional(
    Type.Number({ description: `${description} Unix seconds; 10^11 and more are milliseconds.` }),
  )

/** Parameters of every operation that answers series. */
export const metricPeriod = {
  end: unixTime('The newest time; now when left out.'),
  start: unixTime('The oldest time; one hour before `end` when left out.'),
  step: Type.Optional(
    Type.Integer({ description: 'Seconds between points.', default: 60, minimum: 1 }),
  ),
}
