import { type ScaleLinear, scaleLinear } from "d3-scale";

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const GRIDLINES = 3;

export type ValueAxis = { ticks: number[]; y: ScaleLinear<number, number> };

/** An axis from 0 with three gridlines at round values, tall enough for `max`. Steps are whole numbers: we count things and ms. */
export function valueAxis(max: number, height: number): ValueAxis {
  const least = Math.max(max, 1) / GRIDLINES;
  const power = 10 ** Math.floor(Math.log10(least));
  const fits = STEPS.map((step) => step * power).find((step) => step >= least && Number.isInteger(step));
  const step = fits ?? Math.ceil(least);
  const top = step * GRIDLINES;
  return {
    ticks: Array.from({ length: GRIDLINES + 1 }, (_, index) => index * step),
    y: scaleLinear().domain([0, top]).range([height, 0]),
  };
}
