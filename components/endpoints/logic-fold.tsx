"use client";

import { useLiveValue } from "@/components/ui/live-form";
import { BackTest, type BackTestAction } from "./back-test";
import { FilterField } from "./filter-field";
import { Fold } from "./fold";
import { TransformationField } from "./transformation-field";

/** Texts of the form; empty = none. */
export type LogicValues = { filter: string; transformation: string };

const NAMES = ["filter", "transformation"];

/** Which events it gets beyond their types, and what they are made into; both can be tried before they are saved. */
export function LogicFold({ values, tryOut }: { values: LogicValues; tryOut: BackTestAction }) {
  const isSet = values.filter !== "" || values.transformation !== "";
  return (
    <Fold title="Filter and transformation" summary={<Summary values={values} />} names={NAMES} open={isSet}>
      <FilterField filter={values.filter} />
      <TransformationField transformation={values.transformation} />
      <BackTest tryOut={tryOut} />
    </Fold>
  );
}

function Summary({ values }: { values: LogicValues }) {
  const filter = useLiveValue("filter", values.filter).trim();
  const transformation = useLiveValue("transformation", values.transformation).trim();
  return [
    filter ? "only events that match its filter" : "every event of these types",
    transformation ? "rewritten by its transformation" : "sent as it is",
  ].join(" · ");
}
