/** Where anybody says that a bulk job has something to do. */
export const BULK_JOBS_CHANNEL = "posthorn_bulk_jobs";
