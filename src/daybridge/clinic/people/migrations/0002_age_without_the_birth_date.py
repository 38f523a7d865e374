"""Whether somebody is under an age, for those who may not know the date of birth."""

from django.db import migrations

UNDER = """
CREATE FUNCTION people_is_under(wanted bigint, years int, on_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM people_clientidentity i WHERE i.client_id = wanted
                 AND i.birth_date > (on_day - make_interval(years => years))::date) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(UNDER, "DROP FUNCTION people_is_under(bigint, int, date)")]
