"""The words for levels in seven languages, and the words around them that change what they mean.

Folded: small letters, marks as blanks, every digit 0; `*` at an end also takes longer words. Of overlapping phrases the
first and longest counts, so "stage manager" is never a stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Sort = Literal[
    "person", "post", "thing", "many", "stage", "student", "keeper", "helper", "programme", "hiring", "doctor", "void"
]
"""person: one who is it (intern, stagiaire)
post: the position, in English (internship): "Product Manager Internship" is one
thing: the position in other languages: "Responsable alternance" is none
many: several of them, or what is made of them (interns, prácticas, early careers)
stage: the same letters in four languages and English; only where it stands apart
student: a word that counts where nothing else is named
keeper: one who looks after such people, or for them
helper: one who may do so: "Manager of Internships", but "Manager Internship" is one
programme: what they belong to: "Intern Program Recruiter"
hiring: what makes the level only the subject, keeper or not
doctor: a physician's or a postdoc's fellowship
void: to be read over"""

LEVELS: Mapping[tuple[str, Sort], str] = MappingProxyType(
    {
        ("internship", "person"): """
            intern, stagiaire, stageur, stageuse, stagiair, *stagiair, stagista, praktikant, *praktikant, praktikantin,
            *praktikantin, becario, becaria, practicante, pasante, estagiário, estagiario, estagiária, estagiaria,
            tirocinante, tesista, diplomand, diplomandin, masterand, masterandin, bachelorand, bachelorandin, thesis
            student*, afstudeerder, summer analyst*, summer associate*, summer student*, summer researcher*, summer
            scholar*, summer trainee*, summer engineer*, summer scientist*, summer developer*, summer consultant*,
            summer clerk*, summer 0000 analyst*, summer 0000 associate*, spring 0000 analyst*, fall 0000 analyst*,
            winter 0000 analyst*, off cycle 0000 analyst*, summer law clerk*, summer research assistant*, summer
            research associate*, summer research student*, winter analyst*, winter associate*, spring analyst*, spring
            associate*, fall analyst*, fall associate*, autumn analyst*, off cycle analyst*, off cycle associate*, off
            cycle intern*, vacation student*, vacationer*, student researcher*, student trainee*, student engineer*,
            student developer*, student analyst*, student technician*, student intern, student employee*, student
            scientist*, student consultant*, student programmer*, student software developer*, student software
            engineer*, student data analyst*, student data scientist*, student research engineer*, research student*,
            placement student*, doctoral student*, phd student*, graduate student*, grad student*, master student*,
            master s student*, masters student*, alumno en práctica, alumno en practica, alumna en práctica, residente
            profesional, memorista
            """,
        ("internship", "post"): """
            *ternship, industrial placement*, undergraduate placement*, research placement*, work placement*, summer
            placement*, engineering placement*, technology placement*, software placement*, sandwich placement*, month
            placement*, placement year, placement scheme, year placement*, student placement*, year in industry,
            vacation scheme*, vacation program*, spring week*, spring insight*, insight week*, insight programme*,
            summer research experience, research experience for undergraduates, research experience for teachers, reu,
            traineeship, master thesis, master s thesis, masters thesis, msc thesis, bachelor thesis, bachelor s
            thesis, bachelors thesis, bsc thesis, diploma thesis, thesis project*, thesis worker*, thesis work, thesis
            opportunity, summer program, summer programme, summer vacation, summer research program*, summer
            immersion*, summer 0000 program*
            """,
        ("internship", "thing"): """
            praktikum, *praktikum, praktika, *praktika, praktikumsplatz, praktikumsplätze, praktikumsstelle*,
            praxissemester, praxisphase*, *masterarbeit, *bachelorarbeit, *abschlussarbeit*, *diplomarbeit,
            *studienarbeit, masterthesis, bachelorthesis, bachelor masterarbeit, pfe, projet de fin d études, projet de
            fin d etudes, fin d études, pasantía, pasantia, beca de formación, beca de formacion, beca de prácticas,
            beca de colaboración, prácticas, practicas, práctica profesional, practica profesional, prácticum,
            practicum, residencia profesional, residencias profesionales, estadía*, estadia*, trabajo de fin de máster,
            trabajo de fin de grado, trabajo fin de máster, trabajo fin de grado, tfg, tfm, tirocinio, tesi di laurea,
            tesi magistrale, tesi triennale, tesi sperimentale, tesi in azienda, tesi specialistica, progetto di tesi,
            alternanza scuola lavoro, pcto, estágio, estagio, bolsa estágio, bolsa estagio, dissertação de mestrado,
            tese de mestrado, *afstudeeropdracht*, *afstudeerstage*, afstudeerproject*, afstudeerplek*,
            afstudeerplaats*, afstudeeronderzoek*, afstudeervacature*, afstudeertraject*, afstudeerscriptie*,
            afstuderen, *masterscriptie*, *bachelorscriptie*, meewerkstage*, snuffelstage*, onderzoeksstage*,
            zomerstage*, masterstage*, bachelorstage*, minorstage*, bedrijfsstage*, hbo stage*, wo stage*, mbo stage*,
            hbostage*, wostage*, mbostage*, hogeschoolstage*, *jaarsstage, oriëntatiestage*, orientatiestage*,
            beroepsstage*, praktijkstage*, studentenstage*, werkstage*, meeloopstage*, keuzestage*, projectstage*,
            stageplek*, stageplaats, stageplaatsen, stageopdracht*, stagevacature*, stage opdracht, stage lopen, stage
            plek
            """,
        ("internship", "many"): """
            interns, *ternships, traineeships, stagiaires, *stagiairs, *stagiaires, stagisti, stagiste, praktikanten,
            *praktikanten, praktikantinnen, becarios, becarias, practicantes, pasantes, pasantías, pasantias, estágios,
            estagios, estagiários, estagiarios, estagiárias, tirocini, tirocinanti, summer programs, summer programmes,
            placement students
            """,
        ("internship", "stage"): "stage, stages, placement, placements, beca, becas",
        ("internship", "student"): """
            student, undergraduate student, college student, university student, studentin, étudiant, étudiante,
            estudiante, studente, studentessa, estudante
            """,
        ("co-op", "person"): """
            co op student, coop student, co op intern, cooperative education student, co operative education student,
            co op education student, étudiant coop, étudiante coop
            """,
        ("co-op", "post"): "co op, coop, stage coop, stages coop, stage co op, programme coop",
        (
            "co-op",
            "many",
        ): "co ops, coops, co op students, coop students, cooperative education, co operative education",
        ("working student", "person"): """
            werkstudent, werkstudentin, werk student, working student, student assistant*, student worker*, student
            helper*, studentische hilfskraft, studentische r hilfskraft, studentischer mitarbeiter, studentische
            mitarbeiter*, studentische r mitarbeiter*, studentische mitarbeit*, studentische aushilf*, studentische
            assistenz*, studentische beschäftigte*, studentische tutor*, studentische hilfskräfte, studentenjob*,
            studentenbaan, studentenbanen, hiwi, hiwis, shk, whk, wissenschaftliche hilfskraft, studentische
            wissenschaftliche hilfskraft, hilfswissenschaftler*, étudiant salarié, étudiante salariée, étudiant
            jobiste, étudiante jobiste, jobiste*, job étudiant, job d étudiant, emploi étudiant, contrat étudiant,
            estudiante trabajador*, ayudante estudiantil, auxiliar estudiantil, asistente estudiantil, ayudante alumno,
            estudiante asistente, trabajo para estudiantes, empleo para estudiantes, tiempo parcial para estudiantes,
            studente lavoratore, studentessa lavoratrice, studenti lavoratori, studente part time, 000 ore,
            collaborazione studentesca, trabalhador estudante, part time para estudantes, monitor estudante, monitora
            estudante, bijbaan*, student assistent*, studentassistent*, studentmedewerker*, student medewerker*,
            jobstudent*, graduate research assistant*, grad research assistant*, graduate teaching assistant*, graduate
            assistant*, grad assistant*, undergraduate research assistant*, undergraduate assistant*, undergraduate
            teaching assistant*, student research assistant*, student teaching assistant*, student lab assistant*,
            student library assistant*, student aide*
            """,
        ("working student", "thing"): "werkstudium, werkstudentschap, werkstudententätigkeit*, work study",
        ("working student", "many"): """
            werkstudierende, werkstudierender, werkstudierenden, werkstudenten, werkstudentinnen, working students,
            work studies
            """,
        ("apprenticeship", "person"): """
            apprentice, *apprentice, alternant, alternante, apprenti, apprentie, azubi, auszubildender, auszubildende,
            lehrling, lernende, lernender, dualer student, duale studentin, dualer studierender, dual student*, dhbw
            student*, aprendiz, aprendiza, jovem aprendiz, menor aprendiz, apprendista, leerling, student apprentice
            """,
        ("apprenticeship", "post"): "*apprenticeship, dual study program*, dual degree program*",
        ("apprenticeship", "thing"): """
            alternance, contrat d apprentissage, en apprentissage, contrat pro, contrat de professionnalisation,
            contrat professionnalisation, ausbildung, berufsausbildung, erstausbildung, ausbildungsplatz,
            ausbildungsplätze, ausbildungsstelle*, ausbildungsberuf*, lehrstelle*, lehre als, lehre zum, lehre zur,
            duales studium, dualer studiengang, dhbw studium, ba studium, contrato de aprendizaje, programa de
            aprendizaje, en alternancia, formación dual, formacion dual, fp dual, apprendistato, contrato de
            aprendizagem, programa de aprendizagem, bbl, bbl opleiding*, leerwerk*, leer werk*, leerbaan, duaal
            traject, duale opleiding, duaal student
            """,
        ("apprenticeship", "many"): """
            apprentices, *apprenticeships, alternances, alternants, alternantes, apprentis, apprenties, azubis,
            auszubildenden, lehrlinge, lernenden, aprendices, aprendizes, apprendisti, apprendiste, leerlingen, jovens
            aprendizes
            """,
        ("apprenticeship", "stage"): "apprentissage",
        ("fellowship", "person"): """
            learning engineering fellow, software engineering fellow, data engineering fellow, ai engineering fellow,
            fellow, *stipendiat, *stipendiatin, borsista, bolsista, bolseiro, bolseira
            """,
        ("fellowship", "post"): "*fellowship",
        ("fellowship", "thing"): """
            *stipendium, borsa di ricerca, borsa di dottorato, borsa di studio, beca predoctoral, becas predoctorales,
            beca doctoral, becas doctorales, beca de investigación, becas de investigación, beca de doctorado, beca de
            posgrado, bolsa de investigação, bolsa de investigacao, bolsa de doutoramento, bolsa de pesquisa, bolsa de
            mestrado, bolsa de iniciação
            """,
        ("fellowship", "many"): "fellows, *fellowships, stipendiaten, borsisti, bolsistas, bolseiros",
        ("new grad", "person"): """
            trainee, *trainee, new grad, new graduate, recent graduate, recent grad, university graduate, university
            grad, college graduate, college grad, young graduate, fresh graduate, campus graduate, graduate, grad,
            postgraduate trainee, campus hire, campus hires, berufseinsteiger*, berufsanfänger*, *absolvent,
            *absolventin, jeune diplômé, jeune diplômée, jeune diplome, débutant, débutante, nouveau diplômé, nouvelle
            diplômée, recién graduado, recién graduada, recien graduado, recién titulado, recién titulada, recién
            egresado, recién egresada, recién licenciado, recién licenciada, joven profesional, jóvenes profesionales,
            neolaureato, neolaureata, neo laureato, neo laureata, neodiplomato, neodiplomata, giovane laureato, giovane
            laureata, recém formado, recém formada, recem formado, recém licenciado, recém licenciada, recém graduado,
            recém graduada, recém diplomado, recém diplomada, pas afgestudeerd*, net afgestudeerd*, recent
            afgestudeerd*, starter, young professional*, junge absolventin
            """,
        ("new grad", "post"): """
            early career, entry level, class of 00*, traineeprogramm, traineeprogramma, startersfunctie*, graduate
            scheme*, graduate program, graduate programme
            """,
        ("new grad", "thing"): """
            berufseinstieg, direkteinstieg, premier emploi, première expérience, primer empleo, primo impiego, prima
            esperienza lavorativa, primeiro emprego, programa de graduados, programa de recién graduados
            """,
        ("new grad", "many"): """
            trainees, new grads, new graduates, recent graduates, university graduates, graduates, grads, early
            careers, graduate programs, graduate programmes, *absolventen, *absolventinnen, jeunes diplômés, jeunes
            diplômées, jeunes diplomés, nouveaux diplômés, débutants, recién graduados, recién titulados, recién
            egresados, recién licenciados, graduados, egresados, titulados, neolaureati, neo laureati, neodiplomati,
            giovani laureati, recém formados, recém licenciados, recém graduados, recém diplomados, starters,
            traineeprogramme, traineeships programme
            """,
    }
)
"""(level, sort) → phrases."""

AROUND: Mapping[Sort, str] = MappingProxyType(
    {
        "keeper": """
            coordinator*, director, directors, recruiter*, supervisor*, administrator*, advisor*, adviser*, mentor,
            mentors, counselor*, counsellor*, instructor*, trainer*, educator*, assessor*, leader, leaders, lead,
            leads, liaison*, head, coach, coaches, sourcer*, registrar*, president, *betreuer*, *betreuung,
            *koordinat*, leiter*, *leitung, ansprechpartner*, referent*, ausbilder*, verantwortliche*,
            personalentwickler*, personalreferent*, responsable*, chargé, chargée, chargés, gestionnaire*,
            coordinateur*, coordinatrice*, tuteur*, tutrice*, maître*, maitre*, référent*, directeur*, directrice*,
            conseiller*, conseillère*, formateur*, formatrice*, animateur*, animatrice*, moniteur*, monitrice*,
            encadrant*, recruteur*, recruteuse*, coordinador*, tutor*, gestor*, jefe, jefa, reclutador*, encargado*,
            encargada*, orientador*, formador*, chefe, responsabile, addetto, addetta, consulente, coordinatore*,
            referente*, supervisore*, formatore*, ufficio, gestione, orientatore*, direttore*, segreteria,
            coordenador*, recrutador*, responsável, responsavel, instrutor*, educador*, *coördinator*, *begeleider*,
            *begeleiding, hoofd, consulent*, *opleider*, leermeester*, oficina, gabinete
            """,
        "helper": """
            manager, managers, officer, officers, specialist, specialists, partner, partners, consultant, consultants,
            berater*, técnico, técnica, técnicos, administrativo, administrativa, asesor*, gerente, impiegato,
            impiegata, medewerker*, adviseur*, docent*, teacher*, profesor*, professor*, professeur*, analista,
            assistente, secretario, secretaria, secretária, teamleider*
            """,
        "programme": """
            program, programs, programme, programmes, placement program, delivery, career services, career, training,
            success, skills, services, experience, relations, talent, engagement, support, operations, development,
            cohort, experience program, academy, nurse residency program, residency program, standards, training
            programs
            """,
        "hiring": """
            hiring, recruiting, recruitment, recruit*, outcomes, admission*, education, marketplace*, portal,
            management system
            """,
        "doctor": """
            postdoc*, post doc*, post doctoral, physician*, surgeon*, faculty, cardiolog*, oncolog*, hematolog*,
            haematolog*, radiolog*, nephrolog*, gastroenterolog*, endocrinolog*, pulmonolog*, rheumatolog*,
            dermatolog*, urolog*, patholog*, anesthesiolog*, anaesthesiolog*, pediatric*, paediatric*, surgery,
            surgical, psychiatr*, palliative, critical care, infectious disease*, sports medicine, internal medicine,
            emergency medicine, orthopedic*, orthopaedic*
            """,
        "void": """
            stage manager*, stage management, stage hand*, stage technician*, stage director*, stage lighting, stage
            crew, stage designer*, stage actor*, stage gate*, stage combat*, stage carpenter*, stage rigg*, stage
            show*, stage play*, stage door*, stage prop*, stage electrician*, stage supervisor*, stage coordinator*,
            stage coördinator*, stage begeleider*, stage bureau*, stage docent*, stage artist*, stage dancer*, stage
            performer*, stage startup*, stage start up*, stage compan*, stage drug*, stage asset*, stage venture*,
            stage invest*, stage equity, stage development, stage of, stage coach driver*, stage mechanical, stage
            compressor*, stage amplifier*, stage clinical, stage capital, stage fund*, stage separation, stage
            propulsion, stage engine, early stage*, late stage*, later stage*, mid stage*, multi stage*, single stage*,
            two stage*, three stage*, dual stage*, first stage*, second stage*, third stage*, final stage*, seed
            stage*, growth stage*, pre stage*, post stage*, main stage*, center stage*, centre stage*, next stage*, any
            stage*, clinical stage*, life stage*, sound stage*, off stage*, on stage*, full stage*, one stage*, upper
            stage*, lower stage*, initial stage*, advanced stage*, each stage*, all stage*, high stage*, low stage*,
            concept stage*, power stage*, output stage*, input stage*, gate stage*, back stage*, down stage*, up
            stage*, theat* stage*, live stage*, world stage*, global stage*, rocket stage*, wafer stage*, motion
            stage*, launch stage*, design stage*, project stage*, development stage*, the stage, multi stadio, key
            stage*, stage 0 test*, stage 0 clinical, stage 0 turbine*, stage i, stage ii, stage iii, stage iv, stage
            one, stage two, stage three, food co op*, housing co op*, grocery co op*, farm co op*, farmer co op*,
            farmers co op*, farmer s co op*, farmers coop*, electric co op*, dairy co op*, credit co op*, consumer co
            op*, worker co op*, agricultural co op*, energy co op*, co op bank*, co op store*, co op market*, co op
            food*, co op group, co op academ*, co op insurance, co op cashier*, co op member*, co op advertising, co op
            grocery, co op teller*, co op shop*, co op supermarket*, co op housing, co op retail*, coop supermercat*,
            coop bank*, operatore coop, coop supermark*, co op education, fellowship church*, fellowship pastor*,
            fellowship hall, fellowship village, fellowship square, fellowship health, technical fellow, senior fellow,
            principal fellow, distinguished fellow, corporate fellow, chief fellow, staff fellow, managing fellow,
            emeritus fellow, senior technical fellow, engineering fellow, senior research fellow, fellow engineer*,
            fellow architect*, fellow scientist*, fellow in charge, clinical fellow*, medical fellow*, graduate
            school*, graduate admission*, graduate studies, graduate study, graduate medical, graduate level, graduate
            faculty, graduate education, graduate division, graduate council, graduate degree*, graduate nurse
            educator*, post graduate, postgraduate*, undergraduate admission*, undergraduate studies, undergraduate
            education, undergraduate program*, undergraduate dean, student success, student service*, student affairs,
            student loan*, student life, student housing, student engagement, student recruit*, student support,
            student record*, student account*, student advis*, student transport*, student product*, student health*,
            student activit*, student center*, student union, student financ*, student conduct, student experience*,
            student enrol*, student admission*, student employment, student learning, student wellness, student care,
            student ministry, student debt, student media manager, students with, international student*, exchange
            student*, student counsel*, student teacher*, student program*, vie étudiante, conseiller étudiant,
            logement étudiant, des étudiants, de estudiantes, con estudiantes, asesor estudiantil, studenti
            internazionali, segreteria studenti, de estudantes, orientatore studenti, trainee sales territory, buenas
            prácticas, mejores prácticas, malas prácticas, buenas practicas, mejores practicas, boas práticas, melhores
            práticas, prácticas comerciales, prácticas laborales, prácticas agrícolas, prácticas médicas, prácticas
            docentes, prácticas de laboratorio, prácticas ágiles, prácticas sostenibles, prácticas de manufactura,
            prácticas restrictivas, best practices, apprentissage automatique, apprentissage profond, apprentissage
            statistique, apprentissage machine, apprentissage par, apprentissage en ligne, apprentissage supervisé,
            apprentissage fédéré, apprentissage continu, apprentissage non, apprentissage de, apprentissage et,
            apprentissage artificiel, apprentissage organisationnel, conseiller en apprentissage, conseillère en
            apprentissage, développeur de l apprentissage, développeuse de l apprentissage, ingénieur en apprentissage,
            ingénieure en apprentissage, chercheur en apprentissage, mit ausbildung, mit abgeschlossener ausbildung,
            mit abgeschlossener berufsausbildung, abgeschlossene ausbildung, abgeschlossene berufsausbildung,
            abgeschlossener ausbildung, nach ausbildung, ohne ausbildung, aus und weiterbildung, ausbildung
            erforderlich, job placement*, ad placement*, product placement*, foster placement*, private placement*,
            debt placement*, care placement*, child placement*, becas y ayudas, beca y admisiones, starter motor*,
            starter kit*, starter pack*, entry level installer, master s degree*, summer camp*, summer school*, summer
            house*, stage sportif, stages sportifs, intern auditor*, intern begeleid*, intern transport*, intern
            verpleeg*, intern vervoer*, practicante de acupuntura, leerlingen administratie, leerlingen vervoer,
            leerling administratie, leerling vervoer, chargé d accueil
            """,
    }
)
"""sort → phrases that are no level."""
