def test_walk(house):
    import time
    from tests.bad_input.house import addresses, ACTORS
    from tests.bad_input.forms import forms_in
    from tests.access.test_canary_matrix import sign_in
    t=time.time()
    al = addresses(house)
    print(len(al), time.time()-t)
    seen={}
    from django.urls import resolve
    from urllib.parse import urlsplit
    import re
    for first in ACTORS:
        b = sign_in(house.actor(first))
        t=time.time()
        for a in al:
            r=b.get(a)
            assert r.status_code<500,(first,a)
            if r.status_code!=200: continue
            for f in forms_in(r.content.decode(), a):
                m = resolve(urlsplit(f.action).path)
                key=(m.view_name, tuple(m.kwargs.get(k) for k in ("what","section")), tuple(sorted({re.sub(r'\d+','#',x.name) for x in f.fields})), tuple(n+v for n,v in f.buttons[:1]))
                seen.setdefault(key,(first,a))
        print(first, time.time()-t)
    for k,v in seen.items(): print(k,v)
    assert 0
