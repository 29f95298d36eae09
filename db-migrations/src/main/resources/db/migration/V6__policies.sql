-- The first policies: the tables of grading, routing and correlation and the first catalogue of incident types. They are data:
-- what is in force is the newest effective version. Every figure names its source; 'policy default' is a default that an operator may change.
set role city_brain_dispatch;

insert into dispatch.policy (kind, version, status, document, effective_from, created_at, note)
values ('grading', 1, 'EFFECTIVE', '
    {"axes": [
        {"category": "NATURAL_DISASTER", "axis": "PEOPLE", "unit": "people at risk", "thresholds": {"I": 1000, "II": 500, "III": 100}, "source": "geo-hazard plan; other hazards: policy default"},
        {"category": "NATURAL_DISASTER", "types": ["fire.forest"], "axis": "AREA", "unit": "km²", "thresholds": {"I": 10, "II": 1, "III": 0.01}, "source": "Forest Fire Regulations, article 40"},
        {"category": "NATURAL_DISASTER", "types": ["flood.*", "weather.*"], "axis": "AREA", "unit": "km²", "thresholds": {"I": 500, "II": 100, "III": 10}, "source": "policy default"},
        {"category": "ACCIDENT", "axis": "PEOPLE", "unit": "people affected", "thresholds": {"I": 5000, "II": 1000, "III": 100}, "source": "policy default"},
        {"category": "ACCIDENT", "types": ["pollution.*"], "axis": "PEOPLE", "unit": "people evacuated", "thresholds": {"I": 50000, "II": 10000, "III": 5000}, "source": "environmental emergency plan"},
        {"category": "ACCIDENT", "axis": "AREA", "unit": "km²", "thresholds": {"I": 10, "II": 1, "III": 0.1}, "source": "policy default"},
        {"category": "PUBLIC_HEALTH", "axis": "PEOPLE", "unit": "cases", "thresholds": {"I": 1000, "II": 300, "III": 100}, "source": "III: public health emergency plan; I and II: policy default"},
        {"category": "PUBLIC_HEALTH", "axis": "AREA", "unit": "km²", "thresholds": {"I": 100, "II": 10, "III": 1}, "source": "policy default"},
        {"category": "SOCIAL_SAFETY", "axis": "PEOPLE", "unit": "participants", "thresholds": {"I": 5000, "II": 1000, "III": 200}, "source": "I and II: provincial plans; III: policy default"},
        {"category": "SOCIAL_SAFETY", "axis": "AREA", "unit": "km²", "thresholds": {"I": 1, "II": 0.3, "III": 0.05}, "source": "policy default"},
        {"axis": "DEATHS", "unit": "deaths", "thresholds": {"I": 30, "II": 10, "III": 3}, "source": "State Council Order 493"},
        {"axis": "SERIOUS_INJURIES", "unit": "serious injuries", "thresholds": {"I": 100, "II": 50, "III": 10}, "source": "State Council Order 493"},
        {"axis": "LOSS", "unit": "CNY m", "thresholds": {"I": 100, "II": 50, "III": 10}, "source": "State Council Order 493"}],
     "keyPlace": {"raisesByLevels": 1, "source": "policy default"},
     "uncorroborated": {"opensAt": "III", "source": "policy default"},
     "scope": {"moreThanOneStreet": "R3", "source": "policy default"}}
', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'First grading table: lower bounds, inclusive; below III is IV.');

insert into dispatch.policy (kind, version, status, document, effective_from, created_at, note)
values ('routing', 1, 'EFFECTIVE', '
    {"sliverShare": 0.01, "rules": {
        "R1": {"commandingTier": "GRID", "tasks": [{"tier": "COMMUNITY", "role": "NOTIFY", "digest": true}, {"tier": "GRID", "role": "COMMAND", "acknowledgeMinutes": 30}], "resolveMinutes": 1440, "source": "policy default"},
        "R2": {"commandingTier": "COMMUNITY", "tasks": [{"tier": "STREET", "role": "NOTIFY", "digest": true}, {"tier": "COMMUNITY", "role": "COMMAND", "acknowledgeMinutes": 30}, {"tier": "GRID", "role": "EXECUTE", "acknowledgeMinutes": 30}], "resolveMinutes": 4320, "source": "policy default"},
        "R3": {"commandingTier": "STREET", "tasks": [{"tier": "DISTRICT", "role": "NOTIFY"}, {"tier": "STREET", "role": "COMMAND", "acknowledgeMinutes": 30}, {"tier": "COMMUNITY", "role": "COORDINATE", "acknowledgeMinutes": 30}, {"tier": "GRID", "role": "EXECUTE", "acknowledgeMinutes": 30}], "resolveMinutes": 10080, "source": "the city''s published practice: respond in 30 minutes, dispose in 7 days"},
        "IV": {"commandingTier": "DISTRICT", "tasks": [{"tier": "CITY", "role": "NOTIFY", "digest": true}, {"tier": "DISTRICT", "role": "COMMAND", "acknowledgeMinutes": 15}, {"tier": "STREET", "role": "COORDINATE", "acknowledgeMinutes": 10}, {"tier": "COMMUNITY", "role": "NOTIFY"}, {"tier": "GRID", "role": "EXECUTE", "acknowledgeMinutes": 10}], "resolveMinutes": 1440, "source": "policy default"},
        "III": {"commandingTier": "DISTRICT", "tasks": [{"tier": "CITY", "role": "NOTIFY"}, {"tier": "DISTRICT", "role": "COMMAND", "acknowledgeMinutes": 10}, {"tier": "STREET", "role": "COORDINATE", "acknowledgeMinutes": 5}, {"tier": "COMMUNITY", "role": "NOTIFY"}, {"tier": "GRID", "role": "EXECUTE", "acknowledgeMinutes": 5}], "resolveMinutes": 720, "source": "policy default"},
        "II": {"commandingTier": "CITY", "tasks": [{"tier": "CITY", "role": "COMMAND", "acknowledgeMinutes": 3}, {"tier": "DISTRICT", "role": "COORDINATE", "acknowledgeMinutes": 3}, {"tier": "STREET", "role": "COORDINATE", "acknowledgeMinutes": 3}, {"tier": "COMMUNITY", "role": "COORDINATE", "acknowledgeMinutes": 3}, {"tier": "GRID", "role": "EXECUTE", "acknowledgeMinutes": 3}], "resolveMinutes": 360, "source": "policy default"},
        "I": {"commandingTier": "CITY", "tasks": [{"tier": "CITY", "role": "COMMAND", "acknowledgeMinutes": 3}, {"tier": "DISTRICT", "role": "COORDINATE", "acknowledgeMinutes": 3}, {"tier": "STREET", "role": "COORDINATE", "acknowledgeMinutes": 3}, {"tier": "COMMUNITY", "role": "COORDINATE", "acknowledgeMinutes": 3}, {"tier": "GRID", "role": "EXECUTE", "acknowledgeMinutes": 3}], "resolveMinutes": 360, "source": "policy default"}}}
', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'First routing table: who commands, who is told, how soon.');

insert into dispatch.policy (kind, version, status, document, effective_from, created_at, note)
values ('correlation', 1, 'EFFECTIVE', '
    {"goesTogether": [], "mergeableForDays": 30, "source": "policy default"}
', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'Types correlate with themselves only; distance and time stand in the item catalogue.');

insert into dispatch.policy (kind, version, status, document, effective_from, created_at, note)
values ('item-catalogue', 1, 'EFFECTIVE', '
    {"types": [
        {"code": "flood.waterlogging", "category": "NATURAL_DISASTER", "names": {"zh-CN": "内涝积水", "en": "Waterlogging"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 20, "defaultAreaSquareKilometers": 0.02, "defaultLevel": "IV", "correlationMeters": 150, "correlationMinutes": 30, "delegable": true, "keyPlaceRaises": true},
        {"code": "flood.river-level", "category": "NATURAL_DISASTER", "names": {"zh-CN": "河道水位超警", "en": "River above warning level"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 50, "defaultAreaSquareKilometers": 0.5, "defaultLevel": "IV", "correlationMeters": 1000, "correlationMinutes": 120, "delegable": false, "keyPlaceRaises": true},
        {"code": "geohazard.landslide", "category": "NATURAL_DISASTER", "names": {"zh-CN": "山体滑坡", "en": "Landslide"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 30, "defaultAreaSquareKilometers": 0.02, "defaultLevel": "III", "correlationMeters": 500, "correlationMinutes": 120, "delegable": true, "keyPlaceRaises": true},
        {"code": "fire.forest", "category": "NATURAL_DISASTER", "names": {"zh-CN": "森林火灾", "en": "Forest fire"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 10, "defaultAreaSquareKilometers": 0.005, "defaultLevel": "III", "correlationMeters": 1500, "correlationMinutes": 120, "delegable": true, "keyPlaceRaises": true},
        {"code": "weather.windstorm", "category": "NATURAL_DISASTER", "names": {"zh-CN": "大风灾害", "en": "Windstorm damage"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 20, "defaultAreaSquareKilometers": 0.1, "defaultLevel": "IV", "correlationMeters": 500, "correlationMinutes": 60, "delegable": true, "keyPlaceRaises": true},
        {"code": "fire.building", "category": "ACCIDENT", "names": {"zh-CN": "建筑火灾", "en": "Building fire"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 50, "defaultAreaSquareKilometers": 0.005, "defaultLevel": "IV", "correlationMeters": 100, "correlationMinutes": 60, "delegable": true, "keyPlaceRaises": true},
        {"code": "gas.leak", "category": "ACCIDENT", "names": {"zh-CN": "燃气泄漏", "en": "Gas leak"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 50, "defaultAreaSquareKilometers": 0.01, "defaultLevel": "IV", "correlationMeters": 150, "correlationMinutes": 60, "delegable": true, "keyPlaceRaises": true},
        {"code": "pollution.water", "category": "ACCIDENT", "names": {"zh-CN": "水污染", "en": "Water pollution"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.05, "defaultLevel": "IV", "correlationMeters": 1000, "correlationMinutes": 240, "delegable": false, "keyPlaceRaises": true},
        {"code": "pollution.air", "category": "ACCIDENT", "names": {"zh-CN": "大气污染", "en": "Air pollution"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.05, "defaultLevel": "IV", "correlationMeters": 1000, "correlationMinutes": 120, "delegable": false, "keyPlaceRaises": true},
        {"code": "traffic.collision", "category": "ACCIDENT", "names": {"zh-CN": "交通事故", "en": "Traffic collision"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 4, "defaultAreaSquareKilometers": 0.001, "defaultLevel": "IV", "correlationMeters": 100, "correlationMinutes": 30, "delegable": true, "keyPlaceRaises": true},
        {"code": "structure.collapse", "category": "ACCIDENT", "names": {"zh-CN": "建筑物坍塌", "en": "Structural collapse"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 20, "defaultAreaSquareKilometers": 0.002, "defaultLevel": "III", "correlationMeters": 150, "correlationMinutes": 120, "delegable": true, "keyPlaceRaises": true},
        {"code": "power.outage", "category": "ACCIDENT", "names": {"zh-CN": "停电", "en": "Power outage"}, "board": "LIVELIHOOD", "defaultPeople": 80, "defaultAreaSquareKilometers": 0.05, "defaultLevel": "IV", "correlationMeters": 500, "correlationMinutes": 60, "delegable": true, "keyPlaceRaises": true},
        {"code": "elevator.trapped", "category": "ACCIDENT", "names": {"zh-CN": "电梯困人", "en": "People trapped in a lift"}, "board": "LIVELIHOOD", "defaultPeople": 3, "defaultAreaSquareKilometers": 0.0001, "defaultLevel": "IV", "correlationMeters": 50, "correlationMinutes": 30, "delegable": true, "keyPlaceRaises": true},
        {"code": "health.food-poisoning", "category": "PUBLIC_HEALTH", "names": {"zh-CN": "食物中毒", "en": "Food poisoning"}, "board": "LIVELIHOOD", "defaultPeople": 5, "defaultAreaSquareKilometers": 0.001, "defaultLevel": "IV", "correlationMeters": 300, "correlationMinutes": 1440, "delegable": false, "keyPlaceRaises": true},
        {"code": "health.infectious-cluster", "category": "PUBLIC_HEALTH", "names": {"zh-CN": "传染病聚集", "en": "Cluster of infectious disease"}, "board": "LIVELIHOOD", "defaultPeople": 5, "defaultAreaSquareKilometers": 0.01, "defaultLevel": "IV", "correlationMeters": 500, "correlationMinutes": 2880, "delegable": false, "keyPlaceRaises": true},
        {"code": "safety.crowding", "category": "SOCIAL_SAFETY", "names": {"zh-CN": "人员拥挤", "en": "Dangerous crowding"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 100, "defaultAreaSquareKilometers": 0.005, "defaultLevel": "IV", "correlationMeters": 150, "correlationMinutes": 30, "delegable": true, "keyPlaceRaises": true},
        {"code": "safety.mass-incident", "category": "SOCIAL_SAFETY", "names": {"zh-CN": "群体性事件", "en": "Mass incident"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 50, "defaultAreaSquareKilometers": 0.005, "defaultLevel": "IV", "correlationMeters": 200, "correlationMinutes": 60, "delegable": false, "keyPlaceRaises": true},
        {"code": "city.street-lamp", "category": "EVERYDAY", "names": {"zh-CN": "路灯故障", "en": "Street lamp out"}, "board": "LIVELIHOOD", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.0001, "defaultScope": "R1", "correlationMeters": 30, "correlationMinutes": 1440, "delegable": true, "keyPlaceRaises": false},
        {"code": "city.manhole-cover", "category": "EVERYDAY", "names": {"zh-CN": "井盖缺损", "en": "Manhole cover missing or broken"}, "board": "LIVELIHOOD", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.0001, "defaultScope": "R1", "correlationMeters": 20, "correlationMinutes": 1440, "delegable": true, "keyPlaceRaises": false},
        {"code": "city.litter", "category": "EVERYDAY", "names": {"zh-CN": "垃圾堆积", "en": "Litter"}, "board": "LIVELIHOOD", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.0001, "defaultScope": "R1", "correlationMeters": 50, "correlationMinutes": 1440, "delegable": true, "keyPlaceRaises": false},
        {"code": "city.blocked-path", "category": "EVERYDAY", "names": {"zh-CN": "占道堵塞", "en": "Blocked path"}, "board": "LIVELIHOOD", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.0005, "defaultScope": "R1", "correlationMeters": 50, "correlationMinutes": 240, "delegable": true, "keyPlaceRaises": false},
        {"code": "city.noise", "category": "EVERYDAY", "names": {"zh-CN": "噪声扰民", "en": "Noise"}, "board": "LIVELIHOOD", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.01, "defaultScope": "R2", "correlationMeters": 150, "correlationMinutes": 120, "delegable": true, "keyPlaceRaises": false},
        {"code": "city.parking", "category": "EVERYDAY", "names": {"zh-CN": "违规停车", "en": "Illegal parking"}, "board": "SAFETY_AND_RULE_OF_LAW", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.0005, "defaultScope": "R1", "correlationMeters": 50, "correlationMinutes": 120, "delegable": true, "keyPlaceRaises": false},
        {"code": "service.dispute", "category": "EVERYDAY", "names": {"zh-CN": "矛盾纠纷", "en": "Dispute between residents"}, "board": "PARTY_BUILDING", "defaultPeople": 0, "defaultAreaSquareKilometers": 0.0001, "defaultScope": "R2", "correlationMeters": 50, "correlationMinutes": 1440, "delegable": true, "keyPlaceRaises": false}]}
', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'First catalogue of 24 incident types.');

reset role;
