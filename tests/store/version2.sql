BEGIN TRANSACTION;
CREATE TABLE alerts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        follow_up INTEGER NOT NULL REFERENCES follow_ups(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sentence TEXT NOT NULL,
        made TEXT NOT NULL,
        seen TEXT);
INSERT INTO "alerts" VALUES(1,1,1,'spam_burst','25 new linking sites look like spam.','2026-11-22T07:43:26+00:00',NULL);
CREATE TABLE contacts (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        domain TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL,
        imported_from TEXT NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (project_id, domain, email));
INSERT INTO "contacts" VALUES(1,'b.test','Bea','bea@b.test','typed','2026-11-22T07:43:26+00:00');
CREATE TABLE decisions (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        decision TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        decided TEXT NOT NULL,
        PRIMARY KEY (project_id, kind, key));
CREATE TABLE follow_ups (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        analysis INTEGER NOT NULL,
        before INTEGER,
        made TEXT NOT NULL,
        facts TEXT NOT NULL,
        UNIQUE (project_id, analysis));
INSERT INTO "follow_ups" VALUES(1,1,2,1,'2026-11-22T07:43:26+00:00','{"points": 3.5}');
CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        params TEXT NOT NULL DEFAULT '{}',
        state TEXT NOT NULL,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        message TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        started TEXT,
        finished TEXT,
        heartbeat TEXT,
        cancel INTEGER NOT NULL DEFAULT 0,
        owner TEXT NOT NULL DEFAULT '',
        attempt INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '');
CREATE TABLE letters (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (project_id, name));
INSERT INTO "letters" VALUES(1,'Lost link','Your page','Hello {name}','2026-11-22T07:43:26+00:00');
CREATE TABLE patterns (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        pattern TEXT NOT NULL,
        weight REAL NOT NULL DEFAULT 1,
        changed TEXT NOT NULL,
        PRIMARY KEY (project_id, pattern));
INSERT INTO "patterns" VALUES(1,'/shop/*',1.0,'2026-11-22T07:43:26.160636+00:00');
CREATE TABLE preferences (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE priorities (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        chosen INTEGER NOT NULL DEFAULT 1,
        weight REAL NOT NULL DEFAULT 1,
        keywords TEXT NOT NULL DEFAULT '',
        difficulty REAL,
        origin TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (project_id, url));
INSERT INTO "priorities" VALUES(1,'https://a.test/x',1,2.0,'',NULL,'typed','2026-11-22T07:43:26.144675+00:00');
CREATE TABLE projects (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        created TEXT NOT NULL,
        archived INTEGER NOT NULL DEFAULT 0,
        sample INTEGER NOT NULL DEFAULT 0,
        points_per_worth REAL,
        settings TEXT NOT NULL DEFAULT '{}');
INSERT INTO "projects" VALUES(1,'Old shop','2026-11-22T07:43:26.129024+00:00',0,0,NULL,'{"crawl": {"allow_hosts": [], "connect_timeout": 10.0, "connections": 2, "delay": 0.5, "max_bytes": 10485760, "max_redirects": 10, "pages": 300, "read_timeout": 20.0, "total_timeout": 60.0, "user_agent": "linkplanner/0.1 (+https://pypi.org/project/linkplanner/; site owner''s tool)"}, "equity": {"damping": 0.85, "floor_points": 5.0, "leak_weight": 0.5, "noindex_passes": true, "points": 100.0, "position_weights": {"breadcrumb": 0.5, "content": 1.0, "footer": 0.1, "header": 0.2, "navigation": 0.2, "sidebar": 0.4, "unknown": 0.5}}, "limits": {"candidates_per_target": 200, "max_links": 100, "min_relevance": 10.0, "minutes_per_link": 8.0, "objective": "balanced", "per_page": 3, "per_target": 10}, "quality": {"boilerplate_factor": 0.4, "domain_decay": 0.5, "image_factor": 0.8, "nofollow_factor": 0.1, "spam_knee": 50.0, "typical_domain_authority": 30.0}, "text": {"anchor_max_words": 8, "anchor_share": 0.5}}');
CREATE TABLE sources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        file TEXT NOT NULL,
        origin TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        added TEXT NOT NULL,
        report TEXT, role TEXT NOT NULL DEFAULT 'auto', replaced_by INTEGER);
CREATE TABLE task_history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        task_id TEXT NOT NULL,
        field TEXT NOT NULL,
        before TEXT,
        after TEXT,
        changed TEXT NOT NULL, batch TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT 'you', undone INTEGER NOT NULL DEFAULT 0);
INSERT INTO "task_history" VALUES(1,1,'abc','owner',NULL,'Ann','2026-11-22T11:09:44.465670+00:00','504427f2721f','you',0);
CREATE TABLE tasks (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        task_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        page_url TEXT,
        target_url TEXT,
        instruction TEXT,
        gain REAL,
        effort_minutes REAL,
        status TEXT NOT NULL,
        owner TEXT,
        due TEXT,
        notes TEXT,
        reason TEXT,
        created TEXT NOT NULL,
        verified TEXT,
        rank INTEGER, anchor TEXT, found TEXT, found_detail TEXT, checked TEXT, origin TEXT NOT NULL DEFAULT 'plan',
        PRIMARY KEY (project_id, task_id));
INSERT INTO "tasks" VALUES(1,'abc','link','https://a.test/','https://a.test/x',NULL,1.5,NULL,'suggested','Ann',NULL,NULL,NULL,'2026-11-22T07:43:26.188357+00:00',NULL,1,NULL,NULL,NULL,NULL,'plan');
INSERT INTO "tasks" VALUES(1,'def','outreach: lost backlink','https://b.test/','https://a.test/x','Ask',2.5,30.0,'qualified','Ann',NULL,NULL,NULL,'2026-11-22T07:43:26.188357+00:00',NULL,2,NULL,NULL,NULL,NULL,'plan');
CREATE TABLE versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        created TEXT NOT NULL,
        basis TEXT NOT NULL,
        facts TEXT NOT NULL DEFAULT '{}',
        UNIQUE (project_id, kind, version));
CREATE INDEX sources_by_project ON sources (project_id);
CREATE INDEX jobs_by_project ON jobs (project_id, state);
CREATE INDEX history_by_task ON task_history (project_id, task_id);
CREATE INDEX tasks_by_status ON tasks (project_id, status);
CREATE INDEX history_by_batch ON task_history (project_id, batch);
CREATE INDEX alerts_by_project ON alerts (project_id, seen);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('projects',1);
INSERT INTO "sqlite_sequence" VALUES('task_history',1);
INSERT INTO "sqlite_sequence" VALUES('follow_ups',1);
INSERT INTO "sqlite_sequence" VALUES('alerts',1);
COMMIT;
PRAGMA user_version = 2;
