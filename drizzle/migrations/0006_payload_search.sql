-- Whether a payload holds what a JSON path asks for. What is no JSON, or more than jsonb takes, holds nothing.
-- It catches errors and so cannot run in parallel workers.
create function payload_has(payload bytea, condition jsonpath) returns boolean
language plpgsql immutable strict parallel unsafe cost 1000 as $$
begin
  return jsonb_path_exists(convert_from(payload, 'UTF8')::jsonb, condition);
exception
  when data_exception or program_limit_exceeded then return false;
end
$$;
