import { date, dateTime, days, month, monthAlone, shortDate } from '../../dates.ts'
import { longDuration, shortDuration } from '../../duration.ts'
import { growth, number, percent } from '../../numbers.ts'

/** How numbers, times and days are written. */
export const formats = {
  /** stands between two sentences */
  between: ' ',
  /** stands between the things of a list */
  listed: ', ',
  /** stands between the cells of a row that is told in a line */
  aside: ', ',
  number,
  percent,
  growth,
  shortDuration,
  longDuration,
  date,
  shortDate,
  month,
  monthAlone,
  dateTime,
  days,
  /** what a person is called who is not named */
  somebody: 'an outside contributor',
}
