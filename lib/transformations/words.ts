/** Why a delivery is discarded, and how the detail of its failed attempt begins. Pages tell by them what to advise. */
export const DROPPED = "Dropped by the endpoint's transformation";
export const TRANSFORMATION_FAILED = "The transformation failed";
